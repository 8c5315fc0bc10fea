using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Makes the address of the page at which a user gives access.</summary>
    /// <remarks>
    /// <para>Nothing is sent. Open the address in the user's browser, and keep the state until the browser comes back.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $page = Get-PinterestAuthorizeUrl -RedirectUri 'http://localhost:8085/' -Scope 'pins:read', 'boards:read'
    /// Start-Process $page.Url
    /// </code>
    /// <para>Opens the page.</para>
    /// </example>
    [Cmdlet("Get", "PinterestAuthorizeUrl", HelpUri = Links.Help)]
    [OutputType(typeof(AuthorizeUrl))]
    public sealed class GetPinterestAuthorizeUrl : Command
    {
        /// <summary>Where the browser goes afterwards; one of those registered for the app: text or a Uri.</summary>
        [Parameter(Position = 0)]
        public object RedirectUri { get { return Get(); } set { Set(value); } }

        /// <summary>The scopes to ask for: one text with commas, or a list.</summary>
        [Parameter]
        [ArgumentCompleter(typeof(Scopes))]
        public object Scope { get { return Get(); } set { Set(value); } }

        /// <summary>A text of your own that has to come back.</summary>
        /// <value>An unpredictable one</value>
        [Parameter]
        public object State { get { return Get(); } set { Set(value); } }

        /// <summary>Further parameters of the address: a dictionary.</summary>
        [Parameter]
        public object Extra { get { return Get(); } set { Set(value); } }

        /// <summary>Makes the address.</summary>
        protected override void ProcessRecord()
        {
            Ending(() => WriteObject(Settings.Client(PathOf).AuthorizeUrl(Request.From(Given))));
        }
    }
}
