// Answers that nobody has received: the command that asked was stopped, or its pipeline failed. They are the process's,
// because a runspace may be gone when they come.

using System;
using System.Collections.Generic;
using System.Linq;

namespace Pinterest.OAuth.Commands
{
    internal static class Kept
    {
        private static readonly List<Pending> All = new List<Pending>();
        private static bool isSaid = true;

        internal static void Keep(IEnumerable<Pending> calls)
        {
            lock (All)
                foreach (var call in calls.Where(call => !All.Contains(call)))
                {
                    All.Add(call);
                    isSaid = false;
                }
        }

        /// <summary>Takes out those that are chosen.</summary>
        internal static Pending[] Take(Func<Pending, bool> chosen)
        {
            lock (All)
            {
                var taken = All.Where(chosen).ToArray();
                All.RemoveAll(taken.Contains);
                return taken;
            }
        }

        /// <summary>How many there are, once after each that was kept; else 0.</summary>
        internal static int Unsaid()
        {
            lock (All)
            {
                if (isSaid)
                    return 0;
                isSaid = true;
                return All.Count;
            }
        }
    }
}
