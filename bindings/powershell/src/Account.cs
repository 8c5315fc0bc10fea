// An account of the token manager. What its methods do is the core's affair; nothing but its name is kept here.

using System;
using System.Collections;
using System.Threading.Tasks;

namespace Pinterest.OAuth
{
    /// <summary>
    /// An account of a <see cref="TokenManager"/>: a name, and what can be done with its token. It is cheap, and any number
    /// of threads may use it at once. It shows no secret.
    /// </summary>
    /// <remarks>
    /// Every method throws an <see cref="OAuthException"/>, of the class that its kind has. Those that end in <c>Async</c>
    /// run on another thread; nobody can cancel them: a refresh that was sent is stored, whoever still waits.
    /// </remarks>
    public sealed class Account : IDisposable
    {
        private readonly Handle handle;

        internal Account(string name, Handle handle)
        {
            Name = name;
            this.handle = handle;
        }

        /// <summary>Its name; empty for tokens of the app itself.</summary>
        public string Name { get; private set; }

        /// <summary>
        /// An access token that is valid now: from memory, or from the store, refreshed where it is due. Callers wait for a
        /// refresh only in the last minutes of a token.
        /// </summary>
        public string AccessToken()
        {
            return AccessToken(null);
        }

        /// <summary>The same, where the token has all of these scopes; else an error, and nothing is sent.</summary>
        /// <param name="scopes">Scopes with commas or spaces between them; null asks for none.</param>
        public string AccessToken(string scopes)
        {
            return Call(Library.Functions.pinterest_oauth_account_access_token, scopes, "scopes");
        }

        /// <summary>As <see cref="AccessToken()"/>: at once from memory, else on another thread.</summary>
        public Task<string> AccessTokenAsync()
        {
            var cached = Cached();
            return cached == null ? Workers.Start(() => AccessToken()) : Task.FromResult(cached);
        }

        /// <summary>As <see cref="AccessToken(string)"/>, on another thread.</summary>
        public Task<string> AccessTokenAsync(string scopes)
        {
            return Workers.Start(() => AccessToken(scopes));
        }

        /// <summary>The access token of memory while it is valid, else null. It never waits, reads or fails.</summary>
        public string AccessTokenNow()
        {
            return Native.Take(handle.Use(inside => Library.Functions.pinterest_oauth_account_access_token_now(inside)));
        }

        /// <summary>The access token of memory while nobody has to look into the store, else null: then a call may take long.</summary>
        internal string Cached()
        {
            return Native.Take(handle.Use(inside => Library.Functions.pinterest_oauth_account_cached(inside)));
        }

        /// <summary>The whole token, as <see cref="AccessToken()"/>.</summary>
        public Token Token()
        {
            return new Token(Call(Library.Functions.pinterest_oauth_account_token));
        }

        /// <summary>As <see cref="Token"/>, on another thread.</summary>
        public Task<Token> TokenAsync()
        {
            return Workers.Start(() => Token());
        }

        /// <summary>
        /// A resource answered 401 to an access token. Gives the one to try once more with: the stored one where it is
        /// another, else a new one, at most once in ten minutes.
        /// </summary>
        /// <param name="accessToken">The one that was refused.</param>
        /// <param name="code">Pinterest's code in that answer. 3, a missing scope, refreshes nothing.</param>
        public string Rejected(string accessToken, long code = 2)
        {
            return Guarded(() => Native.Ask((byte[] text, out IntPtr json) =>
            {
                var made = IntPtr.Zero;
                var status = handle.Use(inside => Library.Functions.pinterest_oauth_account_rejected(inside, text, code, out made));
                json = made;
                return status;
            }, Required(accessToken, "access_token"), "access_token"));
        }

        /// <summary>As <see cref="Rejected"/>, on another thread.</summary>
        public Task<string> RejectedAsync(string accessToken, long code = 2)
        {
            return Workers.Start(() => Rejected(accessToken, code));
        }

        /// <summary>Logs the account in: exchanges the code of the redirect and stores the token.</summary>
        /// <param name="request">
        /// code, redirect_uri and the other fields of <see cref="Commands.ConnectPinterestAccount"/>, by Pinterest's names.
        /// The same redirect twice sends its code once.
        /// </param>
        public Token Login(IDictionary request)
        {
            return new Token(Call(Library.Functions.pinterest_oauth_account_login, Json.Write(request ?? new Hashtable())));
        }

        /// <summary>As <see cref="Login"/>, on another thread.</summary>
        public Task<Token> LoginAsync(IDictionary request)
        {
            return Workers.Start(() => Login(request));
        }

        /// <summary>
        /// Stores a token that was issued elsewhere, in place of what the account had. One without a refresh token lives until
        /// it expires.
        /// </summary>
        public void Import(Token token)
        {
            Call(Library.Functions.pinterest_oauth_account_import, Required(token == null ? null : token.ToJson(), "token"), "token");
        }

        /// <summary>Refreshes where it is due, as the store has it now.</summary>
        /// <param name="force">
        /// Although nothing is due, in a wait after a failure, and where a login is needed; then a valid token hides no failure.
        /// </param>
        /// <returns>The token, which is stored already.</returns>
        public Token Refresh(bool force = false)
        {
            return new Token(Call(
                (IntPtr inside, out IntPtr json) => Library.Functions.pinterest_oauth_account_refresh(inside, force ? 1 : 0, out json)));
        }

        /// <summary>As <see cref="Refresh"/>, on another thread.</summary>
        public Task<Token> RefreshAsync(bool force = false)
        {
            return Workers.Start(() => Refresh(force));
        }

        /// <summary>Where it stands. Nothing is sent.</summary>
        public AccountStatus Status()
        {
            return new AccountStatus(new Document(Call(Library.Functions.pinterest_oauth_account_status)));
        }

        /// <summary>The stored token, valid or not. Nothing is sent.</summary>
        public Token Export()
        {
            return new Token(Call(Library.Functions.pinterest_oauth_account_export));
        }

        /// <summary>Removes it from the store, with every copy of its tokens. Pinterest is told nothing.</summary>
        /// <returns>What was removed.</returns>
        public RemovedAccount Remove()
        {
            return new RemovedAccount(new Document(Call(Library.Functions.pinterest_oauth_account_remove)));
        }

        /// <summary>Gives it another name; this object keeps the old one.</summary>
        public void Rename(string newName)
        {
            Call(Library.Functions.pinterest_oauth_account_rename, Required(newName, "new_name"), "new_name");
        }

        /// <summary>The token that Pinterest issued and no disk took, after <see cref="NotSavedException"/>; null where all is stored.</summary>
        public Token Unsaved()
        {
            var json = Native.Take(handle.Use(inside => Library.Functions.pinterest_oauth_account_unsaved(inside)));
            return json == null ? null : new Token(json);
        }

        /// <summary>Frees it. Nothing that is stored changes.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }

        /// <summary>Its name.</summary>
        public override string ToString()
        {
            return Name;
        }

        /// <exception cref="InvalidArgumentException">There is none: C knows no other null than its own.</exception>
        internal static string Required(string value, string name)
        {
            if (value == null)
                throw OAuthException.InvalidArgument(name, "must not be null");
            return value;
        }

        private string Call(Functions.OnHandle function)
        {
            return Guarded(() => Native.Ask(handle, function));
        }

        private string Call(Functions.OnClient function, string text, string name = null)
        {
            try
            {
                return Native.Ask(handle, function, text, name);
            }
            catch (NotSavedException problem)
            {
                problem.With(Unsaved());
                throw;
            }
        }

        // The error of a token that no disk took carries it.
        private T Guarded<T>(Func<T> call)
        {
            try
            {
                return call();
            }
            catch (NotSavedException problem)
            {
                problem.With(Unsaved());
                throw;
            }
        }
    }
}
