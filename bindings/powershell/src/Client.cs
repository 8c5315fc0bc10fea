// The calls. Requests are dictionaries with Pinterest's names; what they may hold is the core's affair.

using System;
using System.Collections;
using System.Threading.Tasks;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A client of Pinterest's OAuth calls. It keeps connections open, and any number of threads may use it at once.
    /// </summary>
    /// <remarks>
    /// Every call throws an <see cref="OAuthException"/>, of the class that its kind has. The calls that end in
    /// <c>Async</c> run on another thread; they cannot be cancelled, but their deadline ends them.
    /// </remarks>
    public sealed class Client : IDisposable
    {
        private readonly Handle handle;
        private volatile bool isDisposed;

        /// <summary>Makes a client from the environment: PINTEREST_APP_ID, PINTEREST_APP_SECRET and so on.</summary>
        public Client() : this(null) { }

        /// <summary>Makes a client.</summary>
        /// <param name="configuration">
        /// The settings that <see cref="Configuration"/> explains, by their names in documents: base_url is BaseUrl there,
        /// app_id is Username, app_secret Password, timeout TimeoutSec. A time is a number of seconds. language is whose
        /// names and units messages use: by default those of this dictionary.
        /// </param>
        public Client(IDictionary configuration)
        {
            Library.Check();
            Variables.HandOn();
            var made = IntPtr.Zero;
            Native.Ask(
                (byte[] document, out IntPtr json) => Library.Functions.pinterest_oauth_client_new(document, out made, out json),
                Json.Write(configuration ?? new Hashtable()));
            handle = new Handle(made, Library.Functions.pinterest_oauth_client_free);
        }

        /// <summary>Asks for a token.</summary>
        /// <param name="request">
        /// The fields that <see cref="Commands.InvokeOauthToken"/> explains, by Pinterest's names: redirect_uri is RedirectUri
        /// there, timeout (a number of seconds) TimeoutSec. They are grant_type, and code with redirect_uri, or
        /// refresh_token, or token (a <see cref="Token"/> to refresh), and what goes with each grant.
        /// </param>
        /// <returns>The token. Store all of it: the refresh token may have changed.</returns>
        public Token OauthToken(IDictionary request)
        {
            return new Token(Call(Library.Functions.pinterest_oauth_client_token, request));
        }

        /// <summary>As <see cref="OauthToken(IDictionary)"/>, on another thread.</summary>
        public Task<Token> OauthTokenAsync(IDictionary request)
        {
            return Workers.Start(() => OauthToken(request));
        }

        /// <summary>
        /// Asks for a token with the grant alone; everything but the credentials comes from the environment. Only
        /// client_credentials can work so: for the other grants the error names the fields that are missing.
        /// </summary>
        public static Token OauthToken(string grantType, string username, string password)
        {
            using (var client = new Client(new Hashtable { { "app_id", username }, { "app_secret", password } }))
                return client.OauthToken(new Hashtable { { "grant_type", grantType } });
        }

        /// <summary>
        /// Refreshes the token in a file, and puts the new one in its place. Other programs that refresh the file wait
        /// meanwhile, and neither a full disk nor a killed program loses a token that has come. Where the refresh fails the file
        /// stays as it is.
        /// </summary>
        /// <param name="path">The file; a relative path counts from the folder of the process.</param>
        /// <returns>The new token, which the file has too.</returns>
        /// <exception cref="InvalidArgumentException">
        /// No such file, no token or refresh token in it, no room or no leave to write: nothing was sent.
        /// </exception>
        public Token RefreshFile(string path)
        {
            return new Token(Ask(Library.Functions.pinterest_oauth_client_refresh_file, OAuth.Account.Required(path, "path"), "path"));
        }

        /// <summary>As <see cref="RefreshFile"/>, on another thread. The normal end of the process waits for it.</summary>
        public Task<Token> RefreshFileAsync(string path)
        {
            return Workers.Start(() => RefreshFile(path));
        }

        /// <summary>Revokes a token. Pinterest permits it for tokens of system users alone.</summary>
        /// <param name="request">token and the other fields that <see cref="Commands.RevokePinterestToken"/> explains.</param>
        /// <returns>How the call went.</returns>
        public Answer Revoke(IDictionary request)
        {
            return new Document(Call(Library.Functions.pinterest_oauth_client_revoke, request)).Answer();
        }

        /// <summary>As <see cref="Revoke"/>, on another thread.</summary>
        public Task<Answer> RevokeAsync(IDictionary request)
        {
            return Workers.Start(() => Revoke(request));
        }

        /// <summary>Makes a token for sending conversions. The access token needs the scope ads:write.</summary>
        /// <param name="request">access_token and the other fields of <see cref="Commands.NewPinterestConversionToken"/>.</param>
        public Token ConversionToken(IDictionary request)
        {
            return new Token(Call(Library.Functions.pinterest_oauth_client_conversion_token, request));
        }

        /// <summary>As <see cref="ConversionToken"/>, on another thread.</summary>
        public Task<Token> ConversionTokenAsync(IDictionary request)
        {
            return Workers.Start(() => ConversionToken(request));
        }

        /// <summary>Makes the address of Pinterest's page. Nothing is sent.</summary>
        /// <param name="request">redirect_uri and the other fields of <see cref="Commands.GetPinterestAuthorizeUrl"/>.</param>
        public AuthorizeUrl AuthorizeUrl(IDictionary request)
        {
            return new AuthorizeUrl(new Document(Call(Library.Functions.pinterest_oauth_client_authorize_url, request)));
        }

        /// <summary>
        /// Says whether the client has the app's id and secret, which every call but ConversionToken needs. Nothing is sent:
        /// whether Pinterest accepts them is not asked.
        /// </summary>
        /// <exception cref="InvalidConfigException">One of them is missing: Field names it.</exception>
        public void Check()
        {
            Call((IntPtr client, byte[] _, out IntPtr json) => Library.Functions.pinterest_oauth_client_check(client, out json), null);
        }

        /// <summary>Reads the redirect that ends a login. It needs no client, and nothing is sent.</summary>
        /// <param name="request">url and state, as of <see cref="Commands.ResolvePinterestRedirect"/>; language, as of a client.</param>
        /// <returns>The authorization code.</returns>
        public static string Redirect(IDictionary request)
        {
            Library.Check();
            return new Document(Native.Ask(Library.Functions.pinterest_oauth_redirect, Json.Write(request ?? new Hashtable())))
                .Text("Code");
        }

        /// <summary>Frees the client, at once or when the last call on it ends.</summary>
        public void Dispose()
        {
            isDisposed = true;
            handle.Dispose();
        }

        private string Call(Functions.OnClient function, IDictionary request)
        {
            return Ask(function, Json.Write(request ?? new Hashtable()), null);
        }

        private string Ask(Functions.OnClient function, string text, string name)
        {
            if (isDisposed)
                throw new ObjectDisposedException(GetType().FullName);
            return Native.Ask(handle, function, text, name);
        }
    }

    /// <summary>Where to send the user, and the state to keep until the user comes back.</summary>
    public sealed class AuthorizeUrl
    {
        private readonly Document document;

        internal AuthorizeUrl(Document document)
        {
            this.document = document;
        }

        /// <summary>The address of Pinterest's page.</summary>
        public string Url { get { return document.Text(); } }

        /// <summary>The state that the redirect has to bring back.</summary>
        public string State { get { return document.Text(); } }

        /// <summary>The address.</summary>
        public override string ToString()
        {
            return Url;
        }
    }
}
