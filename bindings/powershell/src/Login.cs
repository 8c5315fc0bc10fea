// A login under way on the machine of the person. Who may come back, and what is exchanged, is the core's affair.

using System;
using System.Threading;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A login under way: it listens at the redirect address until the token is stored, and a pasted address does as well.
    /// Any number of threads may use it at once. It shows no secret.
    /// </summary>
    public sealed class Login : IDisposable
    {
        /// <summary>How long a wait takes no notice of a cancellation, in seconds.</summary>
        internal const double Slice = 0.1;

        private readonly Handle handle;

        internal Login(Handle handle, LoginStarted started)
        {
            this.handle = handle;
            Started = started;
        }

        /// <summary>What to show to the person.</summary>
        public LoginStarted Started { get; private set; }

        /// <summary>What happens next. After the event done, or an exception, there is nothing more.</summary>
        /// <param name="seconds">How long to wait for it, at most an hour.</param>
        /// <returns>Null where nothing has happened.</returns>
        /// <exception cref="OAuthException">The login has ended, as <see cref="TokenManager.Login"/> explains.</exception>
        public LoginEvent Next(double seconds)
        {
            var json = Native.Ask(
                handle, (IntPtr inside, out IntPtr told) => Library.Functions.pinterest_oauth_login_next(inside, seconds, out told));
            return json == "null" ? null : new LoginEvent(new Document(json));
        }

        /// <summary>Waits for the end.</summary>
        /// <param name="told">Told of everything that happens.</param>
        /// <param name="cancellation">Ends the wait. A code that was sent is exchanged and stored all the same.</param>
        /// <exception cref="OAuthException">The login has ended otherwise, as <see cref="TokenManager.Login"/> explains.</exception>
        /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> said so.</exception>
        public LoginEnd Wait(Action<Login, LoginEvent> told = null, CancellationToken cancellation = default(CancellationToken))
        {
            return Wait(told, () => { }, cancellation);
        }

        /// <summary>The same; <paramref name="between"/> is called whenever nothing has happened for a moment.</summary>
        internal LoginEnd Wait(Action<Login, LoginEvent> told, Action between, CancellationToken cancellation)
        {
            while (true)
            {
                if (cancellation.IsCancellationRequested)
                {
                    Cancel();
                    throw new OperationCanceledException(cancellation);
                }
                var news = Next(Slice);
                if (news == null)
                {
                    between();
                    continue;
                }
                if (told != null)
                    told(this, news);
                if (news.End != null)
                    return news.End;
            }
        }

        /// <summary>
        /// As <see cref="Started"/>, with the address of Pinterest's page: for a browser on another machine. From then on a
        /// browser may come back that was not at the start page.
        /// </summary>
        public LoginStarted Show()
        {
            return new LoginStarted(new Document(Native.Ask(handle, Library.Functions.pinterest_oauth_login_show)));
        }

        /// <summary>Takes the address of the page to which Pinterest sent the person.</summary>
        /// <exception cref="InvalidArgumentException">
        /// It is none; the message says what was pasted instead, in words for the person. The login waits on.
        /// </exception>
        public void Paste(string address)
        {
            Native.Ask(handle, Library.Functions.pinterest_oauth_login_paste, Account.Required(address, "address"), "address");
        }

        /// <summary>The answer to the event confirm. The first one counts.</summary>
        /// <param name="replace">Whether the token may be replaced.</param>
        public void Answer(bool replace)
        {
            Use(inside => Library.Functions.pinterest_oauth_login_answer(inside, replace ? 1 : 0));
        }

        /// <summary>
        /// Ends the wait: <see cref="Next"/> throws a <see cref="CallCancelledException"/>, or tells how the exchange ended
        /// where a code was sent. As often as one likes.
        /// </summary>
        public void Cancel()
        {
            Use(inside => Library.Functions.pinterest_oauth_login_cancel(inside));
        }

        /// <summary>Ends the wait and frees it. A code that was sent is exchanged and stored all the same.</summary>
        public void Dispose()
        {
            Cancel();
            handle.Dispose();
        }

        // Nothing is left to be done after the end.
        private void Use(Action<IntPtr> function)
        {
            try
            {
                handle.Use(inside =>
                {
                    function(inside);
                    return 0;
                });
            }
            catch (ObjectDisposedException)
            {
                // It has ended.
            }
        }
    }
}
