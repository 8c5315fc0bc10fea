using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Looks the store of tokens over, and says what is not as it should be.</summary>
    /// <remarks>
    /// <para>
    /// Modes are set right at once, and what killed programs left is cleaned away. Damaged records are moved aside with
    /// -Repair alone.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// (Test-PinterestStore).Findings
    /// </code>
    /// <para>Shows what somebody should look after.</para>
    /// </example>
    /// <example>
    /// <code>
    /// if (-not (Test-PinterestStore -Quiet)) { exit 1 }
    /// </code>
    /// <para>Ends a script where something is wrong.</para>
    /// </example>
    [Cmdlet("Test", "PinterestStore", SupportsShouldProcess = true, HelpUri = Links.Help)]
    [OutputType(typeof(StoreReport), typeof(bool))]
    public sealed class TestPinterestStore : WaitingCommand
    {
        /// <summary>Moves damaged records aside, and makes what is missing.</summary>
        [Parameter]
        public SwitchParameter Repair { get; set; }

        /// <summary>Gives $true or $false instead of a report: whether all is well, or was set right.</summary>
        [Parameter]
        public SwitchParameter Quiet { get; set; }

        /// <summary>Looks.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var manager = Settings.Manager(PathOf);
                var repair = Repair.IsPresent && ShouldProcess("the store of tokens", "Repair");
                var report = Awaited(() => manager.Doctor(repair));
                WriteObject(Quiet.IsPresent ? (object)report.Findings.All(finding => finding.Repaired) : report);
            });
        }
    }
}
