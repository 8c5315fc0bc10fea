// A call that another thread makes while the command waits, and that the command may stop waiting for.

using System;
using System.Collections;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Pinterest.OAuth.Commands
{
    internal sealed class Pending
    {
        private readonly object gate = new object();
        private readonly IDictionary request;
        private readonly Func<object> call;
        private object answer;
        private ExceptionDispatchInfo problem;
        private bool isDone;
        private bool isStopped;

        /// <summary>Starts a call, of a document where it has one.</summary>
        internal Pending(Func<object> call, IDictionary request = null)
        {
            this.call = call;
            this.request = request;
            Workers.Run(Run);
        }

        /// <summary>The refresh token that the call sends; null where it sends none.</summary>
        internal string RefreshToken { get { return request == null ? null : Names.Sent(request); } }

        internal bool IsDone
        {
            get
            {
                lock (gate)
                    return isDone;
            }
        }

        /// <summary>Waits until the call has ended; false where <see cref="Stop"/> was called before.</summary>
        internal bool Wait()
        {
            lock (gate)
            {
                while (!isDone && !isStopped)
                    Monitor.Wait(gate);
                return !isStopped;
            }
        }

        /// <summary>Ends the waiting. The call goes on.</summary>
        internal void Stop()
        {
            lock (gate)
            {
                isStopped = true;
                Monitor.PulseAll(gate);
            }
        }

        /// <summary>Another command may wait for it again.</summary>
        internal void Resume()
        {
            lock (gate)
                isStopped = false;
        }

        /// <summary>What the call gave, once it has ended.</summary>
        /// <exception cref="OAuthException">What the call threw.</exception>
        internal object Answer()
        {
            if (problem != null)
                problem.Throw();
            return answer;
        }

        private void Run()
        {
            try
            {
                answer = call();
            }
            catch (Exception caught)
            {
                problem = ExceptionDispatchInfo.Capture(caught);
            }
            lock (gate)
            {
                isDone = true;
                Monitor.PulseAll(gate);
            }
        }
    }
}
