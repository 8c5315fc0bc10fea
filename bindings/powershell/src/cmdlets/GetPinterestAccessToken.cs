using System;
using System.Management.Automation;
using System.Security;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gets an access token of an account that is valid now.</summary>
    /// <remarks>
    /// <para>
    /// From memory, or from the store, refreshed where it is due: once, however many programs of this machine ask. A new token
    /// is stored before anybody sees it. Only in the last minutes of a token does the command wait for a refresh.
    /// </para>
    /// <para>Ctrl-C ends the waiting; a refresh that was sent is stored all the same.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Invoke-RestMethod https://api.pinterest.com/v5/user_account -Authentication Bearer -Token (Get-PinterestAccessToken shop-42)
    /// </code>
    /// <para>Calls Pinterest for an account (PowerShell 7). Invoke-PinterestRestMethod does the same everywhere.</para>
    /// </example>
    /// <example>
    /// <code>
    /// Get-PinterestAccessToken -App -Scope ads:read
    /// </code>
    /// <para>Gets a token of the app itself.</para>
    /// </example>
    [Cmdlet("Get", "PinterestAccessToken", HelpUri = Links.Help)]
    [OutputType(typeof(SecureString), typeof(string))]
    public sealed class GetPinterestAccessToken : EachAccountCommand
    {
        /// <summary>The scopes that the token must have: one text with commas, or a list. With -App those to ask for.</summary>
        [Parameter]
        [ArgumentCompleter(typeof(Scopes))]
        public object Scope { get { return Get(); } set { Set(value); } }

        /// <summary>Gets a token of the app itself instead of one of an account.</summary>
        [Parameter]
        public SwitchParameter App { get; set; }

        /// <summary>Gives text instead of a SecureString.</summary>
        [Parameter]
        public SwitchParameter AsPlainText { get; set; }

        internal override void Work(Account account)
        {
            if (App.IsPresent)
                throw OAuthException.InvalidArgument("-Account", "does not go with -App: the app has tokens of its own");
            var scopes = ScopesOf(Scope);
            Give(scopes == null ? account.Cached() : null, () => account.AccessToken(scopes));
        }

        internal override void WithoutAccount()
        {
            if (!App.IsPresent)
            {
                base.WithoutAccount();
                return;
            }
            var app = Settings.Manager(PathOf).App(ScopesOf(Scope) ?? "");
            Give(app.Cached(), () => app.AccessToken());
        }

        private void Give(string cached, Func<string> accessToken)
        {
            var text = cached ?? Awaited(accessToken);
            WriteObject(AsPlainText.IsPresent ? (object)text : Secure.Of(text));
        }
    }
}
