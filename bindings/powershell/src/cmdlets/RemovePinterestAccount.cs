using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Removes an account from the store, with every copy of its tokens.</summary>
    /// <remarks>
    /// <para>
    /// It asks before, unless -Confirm:$false is given: afterwards the user must log in again. Pinterest is told nothing.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Remove-PinterestAccount shop-42 -Confirm:$false
    /// </code>
    /// <para>Removes it, and says what was removed.</para>
    /// </example>
    [Cmdlet("Remove", "PinterestAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = Links.Help)]
    [OutputType(typeof(RemovedAccount))]
    public sealed class RemovePinterestAccount : EachAccountCommand
    {
        internal override void Work(Account account)
        {
            if (ShouldProcess(account.Name, "Remove the account and every copy of its tokens"))
                WriteObject(Awaited(account.Remove));
        }

        // Nothing is removed because a name was left out.
        internal override void WithoutAccount()
        {
            throw OAuthException.InvalidArgument("-Account", "is required");
        }
    }
}
