using System.Collections;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Logs an account in and stores its token: with a browser, or with the code of a redirect.</summary>
    /// <remarks>
    /// <para>
    /// Without -Code it opens Pinterest's page in a browser, waits for the person, and gives how it ended. Over SSH, in a
    /// container, without a display and with -NoBrowser it shows the address instead, and takes the address at which the
    /// browser ends up, pasted into the terminal. -RedirectUri must be registered with the app, the same to the letter.
    /// Ctrl-C ends the wait; a code that was sent is exchanged and stored all the same.
    /// </para>
    /// <para>
    /// Where another person logs in than before, and the token may tell (scope user_accounts:read), the command asks before
    /// it replaces the token; with -Force it does not ask.
    /// </para>
    /// <para>
    /// With -Code it exchanges the code of a redirect that the program got itself, and gives where the account stands. The
    /// same redirect twice sends its code once. What was stored for the account is replaced.
    /// </para>
    /// <para>The token is stored before the command ends; Get-PinterestAccessToken gives it from then on, in every program.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Connect-PinterestAccount shop-42 -Scope 'user_accounts:read', 'pins:read'
    /// </code>
    /// <para>Lets the person at this machine log in.</para>
    /// </example>
    /// <example>
    /// <code>
    /// Connect-PinterestAccount -NoBrowser -RedirectUri 'http://127.0.0.1:8085/'
    /// </code>
    /// <para>Shows the address, for a browser anywhere.</para>
    /// </example>
    /// <example>
    /// <code>
    /// $page = Get-PinterestAuthorizeUrl -RedirectUri 'http://localhost:8085/' -Scope 'pins:read', 'boards:read'
    /// Start-Process $page.Url
    /// $code = Resolve-PinterestRedirect -Url (Read-Host 'Address') -State $page.State
    /// Connect-PinterestAccount shop-42 -Code $code -RedirectUri 'http://localhost:8085/' -State $page.State
    /// </code>
    /// <para>The same step by step, for an address that is not on this machine.</para>
    /// </example>
    [Cmdlet("Connect", "PinterestAccount", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(LoginEnd), typeof(AccountStatus))]
    public sealed class ConnectPinterestAccount : WaitingCommand
    {
        // What goes with one of the two ways alone.
        private static readonly string[] WithBrowser = { "Scope", "NoBrowser", "Force" };
        private volatile LoginTalk talk;

        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>default</value>
        [Parameter(Position = 0)]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>What to ask the person for: one text with commas, or a list.</summary>
        [Parameter]
        [ArgumentCompleter(typeof(Scopes))]
        public object Scope { get { return Get(); } set { Set(value); } }

        /// <summary>Shows the address instead of opening it. -NoBrowser:$false opens it wherever this is.</summary>
        /// <value>Opened where the person would see it</value>
        [Parameter]
        public SwitchParameter NoBrowser { get { return default(SwitchParameter); } set { Set(!value.IsPresent); } }

        /// <summary>Replaces the token of another person without a question.</summary>
        [Parameter]
        public SwitchParameter Force { get { return default(SwitchParameter); } set { Set(!value.IsPresent); } }

        /// <summary>The code of a redirect: text or a SecureString. With it no browser is opened.</summary>
        [Parameter]
        public object Code { get { return Get(); } set { Set(value); } }

        /// <summary>
        /// Where the browser comes back to: text or a Uri. Without -Code an address on this machine; with it the one that the
        /// code was asked for with. The same to the letter.
        /// </summary>
        /// <value>http://localhost:8085/ without -Code</value>
        [Parameter]
        public object RedirectUri { get { return Get(); } set { Set(value); } }

        /// <summary>With -Code the state of the redirect: the same redirect is used once, whoever brings it.</summary>
        /// <value>The code says which it is</value>
        [Parameter]
        public object State { get { return Get(); } set { Set(value); } }

        /// <summary>Asks for refresh tokens that change at each use. -ContinuousRefresh:$false asks for the contrary.</summary>
        /// <value>True</value>
        [Parameter]
        public SwitchParameter ContinuousRefresh { get { return default(SwitchParameter); } set { Set(value.IsPresent); } }

        /// <summary>Further parameters of Pinterest's page, with -Code further fields of the form: a dictionary.</summary>
        [Parameter]
        public object Extra { get { return Get(); } set { Set(value); } }

        /// <summary>
        /// How long to wait for the person, at most 3600; with -Code the deadline of the call, at most 600. Seconds, fractions
        /// allowed, or a TimeSpan.
        /// </summary>
        /// <value>300; with -Code that of the settings, 30</value>
        [Parameter]
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>Logs it in.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var fields = new Hashtable(Given);
                fields.Remove("Account");
                var isOfCode = Given.Contains("Code");
                Refuse(isOfCode);
                var request = Request.From(fields);
                var account = ChosenAccount();
                if (!ShouldProcess(account.Name, "Log in"))
                    return;
                if (isOfCode)
                    WriteObject(Awaited(() =>
                    {
                        account.Login(request);
                        return account.Status();
                    }));
                else
                    LogIn(account.Name, request);
            });
        }

        /// <summary>Ends the waiting.</summary>
        protected override void StopProcessing()
        {
            base.StopProcessing();
            var current = talk;
            if (current != null)
                current.Stop();
        }

        private void Refuse(bool isOfCode)
        {
            foreach (var name in WithBrowser)
                if (isOfCode && Given.Contains(name))
                    throw OAuthException.InvalidArgument("-" + name, "does not go with -Code, which comes from a login that was");
            if (!isOfCode && Given.Contains("State"))
                throw OAuthException.InvalidArgument("-State", "goes with -Code alone: a login with a browser has a state of its own");
        }

        private void LogIn(string account, IDictionary options)
        {
            options["account"] = account;
            if (!options.Contains("confirm"))
                options["confirm"] = true;
            using (var login = Settings.Manager(PathOf).StartLogin(options))
            {
                talk = new LoginTalk(this, login);
                WriteObject(talk.Wait());
            }
        }
    }
}
