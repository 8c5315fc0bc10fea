using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gives the stored token of an account, valid or not.</summary>
    /// <remarks>
    /// <para>
    /// Nothing is sent. It is for moving an account to another machine, or out of the store: two that refresh the same token
    /// may lose it. ConvertFrom-PinterestToken makes text of it.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// $secret = Export-PinterestAccount shop-42 | ConvertFrom-PinterestToken -AsSecureString
    /// </code>
    /// <para>Gives the whole token for a vault.</para>
    /// </example>
    [Cmdlet("Export", "PinterestAccount", HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class ExportPinterestAccount : EachAccountCommand
    {
        /// <summary>
        /// Gives the token that Pinterest issued and no disk took, after the error not_saved; nothing where all is stored.
        /// </summary>
        [Parameter]
        public SwitchParameter Unsaved { get; set; }

        internal override void Work(Account account)
        {
            var token = Unsaved.IsPresent ? account.Unsaved() : Awaited(account.Export);
            if (token != null)
                WriteObject(token);
        }
    }
}
