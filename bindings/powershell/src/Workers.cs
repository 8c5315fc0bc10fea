// Threads that run calls. One that has ended its call waits a while for the next: a new thread for each call would cost
// more than the call. The pool of .NET would let only as many calls wait as there are processors.

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Pinterest.OAuth
{
    internal static class Workers
    {
        private const int IdleMilliseconds = 5000;

        // The last one is taken first, so that those that are not needed end.
        private static readonly List<Worker> Idle = new List<Worker>();
        private static int started;
        private static int running;

        /// <summary>How many threads were ever started.</summary>
        internal static int Started { get { return started; } }

        /// <summary>How many threads there are.</summary>
        internal static int Running { get { return running; } }

        /// <summary>Runs something that throws nothing, on a thread that is idle, or on a new one.</summary>
        internal static void Run(Action work)
        {
            Worker idle = null;
            lock (Idle)
                if (Idle.Count > 0)
                {
                    idle = Idle[Idle.Count - 1];
                    Idle.RemoveAt(Idle.Count - 1);
                }
            if (idle != null)
                idle.Give(work);
            else
                new Worker(work).Start();
        }

        /// <summary>Runs a call; the task has what it gives or throws, or is cancelled where the call was.</summary>
        internal static Task<T> Start<T>(Func<T> call)
        {
            var task = new TaskCompletionSource<T>();
            Run(() =>
            {
                T answer;
                try
                {
                    answer = call();
                }
                catch (OperationCanceledException)
                {
                    task.SetCanceled();
                    return;
                }
                catch (Exception problem)
                {
                    task.SetException(problem);
                    return;
                }
                task.SetResult(answer);
            });
            return task.Task;
        }

        private sealed class Worker
        {
            private Action work;

            internal Worker(Action work)
            {
                this.work = work;
            }

            internal void Start()
            {
                Interlocked.Increment(ref started);
                Interlocked.Increment(ref running);
                new Thread(Loop) { IsBackground = true, Name = "Pinterest.OAuth" }.Start();
            }

            internal void Give(Action next)
            {
                lock (this)
                {
                    work = next;
                    Monitor.Pulse(this);
                }
            }

            private void Loop()
            {
                while (work != null)
                {
                    var now = work;
                    work = null;
                    now();
                    lock (Idle)
                        Idle.Add(this);
                    Await();
                }
                Interlocked.Decrement(ref running);
            }

            private void Await()
            {
                lock (this)
                    if (work == null)
                        Monitor.Wait(this, IdleMilliseconds);
                if (work == null && !Leave())
                    lock (this)
                        while (work == null) // it was taken a moment ago: the work is on its way
                            Monitor.Wait(this);
            }

            // Whether it was idle still; now it is no longer.
            private bool Leave()
            {
                lock (Idle)
                    return Idle.Remove(this);
            }
        }
    }
}
