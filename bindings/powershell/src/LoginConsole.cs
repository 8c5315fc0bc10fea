// A login told to the person at the console of a program.

using System;
using System.Text;
using System.Threading;

namespace Pinterest.OAuth
{
    internal sealed class LoginConsole
    {
        private readonly Login login;
        private readonly TypedLine line = new TypedLine(() => Console.KeyAvailable, () => Console.ReadKey(true).KeyChar);
        private bool isShown;

        internal LoginConsole(Login login)
        {
            this.login = login;
        }

        internal LoginEnd Wait(CancellationToken cancellation)
        {
            Console.Error.WriteLine(login.Started.Message);
            if (!login.Started.Opened)
                Show();
            try
            {
                return login.Wait(Tell, Read, cancellation);
            }
            finally
            {
                if (isShown)
                    line.Forget();
            }
        }

        // The instructions have the state: the person's screen alone gets them, and no stream that goes into a file.
        private void Show()
        {
            isShown = !Console.IsInputRedirected && !Console.IsErrorRedirected;
            if (!isShown)
                return;
            line.Forget();
            Console.Error.WriteLine(login.Show().Instructions);
        }

        private void Tell(Login told, LoginEvent news)
        {
            Console.Error.WriteLine(news.Message);
            if (!isShown && LoginConsole.NeedsAnotherWay(news))
                Show();
        }

        /// <summary>Whether the browser that was opened does not get to this machine.</summary>
        internal static bool NeedsAnotherWay(LoginEvent news)
        {
            return news.Event == "not_opened" || news.Event == "forwarded" || news.Event == "https";
        }

        private void Read()
        {
            string pasted;
            if (!isShown || !line.Take(out pasted))
                return;
            try
            {
                login.Paste(pasted);
            }
            catch (InvalidArgumentException problem)
            {
                Console.Error.WriteLine(problem.Message);
            }
        }
    }

    /// <summary>A line that is typed or pasted while something else is waited for, and is not shown.</summary>
    internal sealed class TypedLine
    {
        // Far more than any address has; the core says that it is too long.
        private const int Longest = 16384;

        private readonly Func<bool> isThere;
        private readonly Func<char> read;
        private readonly StringBuilder line = new StringBuilder();

        internal TypedLine(Func<bool> isThere, Func<char> read)
        {
            this.isThere = isThere;
            this.read = read;
        }

        /// <summary>
        /// The line, once its end was typed. A line break with something at once behind it is one of a pasted address that was
        /// wrapped. It waits for nothing.
        /// </summary>
        internal bool Take(out string whole)
        {
            whole = null;
            while (isThere())
            {
                var sign = read();
                if (sign == '\r' || sign == '\n')
                {
                    if (isThere())
                        continue;
                    whole = line.ToString();
                    line.Length = 0;
                    if (whole.Trim().Length > 0)
                        return true;
                }
                else if (sign == '\b' || sign == '\u007F')
                    line.Length = Math.Max(0, line.Length - 1);
                else if (sign != '\0' && line.Length < Longest)
                    line.Append(sign);
            }
            return false;
        }

        /// <summary>Drops what was typed besides: it is for nobody else. From the first look at the keys on the terminal shows none.</summary>
        internal void Forget()
        {
            while (isThere())
                read();
            line.Length = 0;
        }
    }
}
