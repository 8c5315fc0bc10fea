using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Logs an account in: exchanges the code of a redirect and stores the token.</summary>
    /// <remarks>
    /// <para>
    /// The token is stored before the command ends; Get-PinterestAccessToken gives it from then on, in every program. The same
    /// redirect twice sends its code once. What was stored for the account is replaced.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $page = Get-PinterestAuthorizeUrl -RedirectUri 'http://localhost:8085/' -Scope 'pins:read', 'boards:read'
    /// Start-Process $page.Url
    /// $code = Resolve-PinterestRedirect -Url (Read-Host 'Address') -State $page.State
    /// Connect-PinterestAccount shop-42 -Code $code -RedirectUri 'http://localhost:8085/' -State $page.State
    /// </code>
    /// <para>Lets a user log in.</para>
    /// </example>
    [Cmdlet("Connect", "PinterestAccount", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(AccountStatus))]
    public sealed class ConnectPinterestAccount : WaitingCommand
    {
        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>default</value>
        [Parameter(Position = 0)]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>The code of the redirect: text or a SecureString.</summary>
        [Parameter]
        public object Code { get { return Get(); } set { Set(value); } }

        /// <summary>The address that the code was asked for with: text or a Uri, the same to the letter.</summary>
        [Parameter]
        public object RedirectUri { get { return Get(); } set { Set(value); } }

        /// <summary>The state of the redirect: the same redirect is used once, whoever brings it.</summary>
        /// <value>The code says which it is</value>
        [Parameter]
        public object State { get { return Get(); } set { Set(value); } }

        /// <summary>Asks for refresh tokens that change at each use. -ContinuousRefresh:$false asks for the contrary.</summary>
        /// <value>True</value>
        [Parameter]
        public SwitchParameter ContinuousRefresh { get { return default(SwitchParameter); } set { Set(value.IsPresent); } }

        /// <summary>Further fields of the form: a dictionary.</summary>
        [Parameter]
        public object Extra { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline of this call: seconds, fractions allowed, or a TimeSpan. At most 600.</summary>
        /// <value>That of the settings: 30</value>
        [Parameter]
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>Logs it in.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var fields = new System.Collections.Hashtable(Given);
                fields.Remove("Account");
                var request = Request.From(fields);
                var account = ChosenAccount();
                if (!ShouldProcess(account.Name, "Log in"))
                    return;
                WriteObject(Awaited(() =>
                {
                    account.Login(request);
                    return account.Status();
                }));
            });
        }
    }
}
