// A command whose work another thread does, so that Ctrl-C ends the waiting at once. The work goes on to its end.

using System;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>A command that waits for what another thread does.</summary>
    public abstract class WaitingCommand : Command
    {
        private readonly object gate = new object();
        private Pending current;
        private bool isStopped;

        /// <summary>Ends the waiting.</summary>
        protected override void StopProcessing()
        {
            lock (gate)
            {
                isStopped = true;
                if (current != null)
                    current.Stop();
            }
        }

        /// <summary>Whether the command was stopped.</summary>
        internal bool IsStopped
        {
            get
            {
                lock (gate)
                    return isStopped;
            }
        }

        /// <summary>Waits for the end of a call; false where the command was stopped before.</summary>
        internal bool Ended(Pending call)
        {
            lock (gate)
            {
                call.Resume();
                current = call;
                if (isStopped)
                    call.Stop();
            }
            return call.Wait();
        }

        /// <summary>What the token manager gives. It keeps by itself what comes after the command was stopped.</summary>
        internal T Awaited<T>(Func<T> work)
        {
            var call = new Pending(() => work());
            if (!Ended(call))
                throw new PipelineStoppedException();
            Tell();
            return (T)call.Answer();
        }

        // What token managers did since the last time.
        private void Tell()
        {
            foreach (var line in TokenManager.TakeLog())
                if (line.Level == "info")
                    WriteVerbose(line.ToString());
                else
                    WriteWarning(line.ToString());
        }

        /// <summary>The account of the value of a parameter: see <see cref="AccountName"/>.</summary>
        internal Account AccountOf(object value)
        {
            var name = AccountName.Of(value);
            return Settings.Manager(PathOf).Account(name);
        }

        /// <summary>The account of -Account; without it the one that is called default.</summary>
        internal Account ChosenAccount()
        {
            return AccountOf(Given.Contains("Account") ? Get("Account") : "default");
        }

        /// <summary>Scopes as one text; null where none are given.</summary>
        internal static string ScopesOf(object scope)
        {
            var scopes = Values.Of("scope", scope, "-Scope");
            var list = scopes as object[];
            if (list != null && Array.TrueForAll(list, one => one is string))
                return string.Join(",", Array.ConvertAll(list, one => (string)one));
            if (scopes != null && !(scopes is string))
                throw OAuthException.InvalidArgument("-Scope", "must be text, or a list of texts");
            return (string)scopes;
        }
    }
}
