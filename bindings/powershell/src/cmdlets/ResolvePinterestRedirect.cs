using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Takes the authorization code out of the address at which the browser came back.</summary>
    /// <remarks>
    /// <para>
    /// Nothing is sent, and no settings are needed. It is an error when the user said no, and when the state is not the one
    /// that was kept.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $code = Resolve-PinterestRedirect -Url (Read-Host 'Address') -State $page.State
    /// </code>
    /// <para>Reads the address that a person pastes.</para>
    /// </example>
    [Cmdlet("Resolve", "PinterestRedirect", HelpUri = Links.Help)]
    [OutputType(typeof(string))]
    public sealed class ResolvePinterestRedirect : Command
    {
        /// <summary>The whole address: text, a Uri or a SecureString.</summary>
        [Parameter(Position = 0)]
        public object Url { get { return Get(); } set { Set(value); } }

        /// <summary>The state that was kept.</summary>
        [Parameter]
        public object State { get { return Get(); } set { Set(value); } }

        /// <summary>Reads the address.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var request = Request.From(Given);
                request["language"] = "powershell";
                WriteObject(Client.Redirect(request));
            });
        }
    }
}
