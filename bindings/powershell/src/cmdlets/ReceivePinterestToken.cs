using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>Gives the tokens that came after nobody waited for them any more.</summary>
    /// <remarks>
    /// <para>
    /// Ctrl-C, Stop-Job and the -TimeoutSeconds of ForEach-Object -Parallel end the waiting for a call, not the call: its
    /// answer is kept, and so is every token that a command gave to a pipeline which failed afterwards. This command gives
    /// each of them once; store it. They are kept in memory until this process ends, for all its runspaces. A job of
    /// Start-Job is a process of its own.
    /// </para>
    /// <para>What a call ended with instead of a token is an error, once as well.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Receive-PinterestToken -Wait | ConvertFrom-PinterestToken | Set-Content token.json
    /// </code>
    /// <para>Waits for what is still under way, and stores it.</para>
    /// </example>
    /// <example>
    /// <code>
    /// $new = Receive-PinterestToken -Token $old
    /// </code>
    /// <para>Of several: the one that the refresh of $old gave.</para>
    /// </example>
    [Cmdlet("Receive", "PinterestToken", HelpUri = Links.Help)]
    [OutputType(typeof(Token))]
    public sealed class ReceivePinterestToken : WaitingCommand, IDisposable
    {
        private readonly List<Pending> open = new List<Pending>();

        /// <summary>
        /// Only what the refresh of this token gave, in any form that Update-PinterestToken takes. What -Path of that command
        /// gave is in its file.
        /// </summary>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Token { get { return Get(); } set { Set(value); } }

        /// <summary>Waits for the calls that are still under way.</summary>
        [Parameter]
        public SwitchParameter Wait { get; set; }

        /// <summary>Gives what is there.</summary>
        protected override void ProcessRecord()
        {
            Ending(() =>
            {
                var old = Values.Given(Token);
                var refreshToken = old == null ? null : TokenReader.Read(old, "-Token").RefreshToken;
                open.AddRange(Kept.Take(call => old == null || call.RefreshToken == refreshToken));
            });
            foreach (var call in open.ToArray())
                Give(call);
            if (open.Count > 0)
                WriteWarning(open.Count + " call(s) are still under way: Receive-PinterestToken -Wait waits for them.");
        }

        /// <summary>Keeps what was not given.</summary>
        public void Dispose()
        {
            Kept.Keep(open);
        }

        private void Give(Pending call)
        {
            if (!IsThere(call))
                return;
            try
            {
                var token = call.Answer() as Token;
                if (token != null)
                    WriteObject(token);
            }
            catch (OAuthException problem)
            {
                WriteError(Record(problem, null));
            }
            open.Remove(call);
        }

        private bool IsThere(Pending call)
        {
            if (Wait.IsPresent && !Ended(call))
                throw new PipelineStoppedException();
            return call.IsDone;
        }
    }
}
