// What a login shows, tells and ends with. What is secret is hidden, as of a token.

using System;
using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth
{
    /// <summary>What a login under way shows to the person.</summary>
    public sealed class LoginStarted
    {
        private readonly Document document;

        internal LoginStarted(Document document)
        {
            this.document = document;
        }

        /// <summary>What to tell a person at a terminal, in lines. It holds no secret.</summary>
        public string Message { get { return document.Text(); } }

        /// <summary>
        /// The way for other machines, in lines, with <see cref="AuthorizeUrl"/> in them; null where that is. Show it to the
        /// person alone.
        /// </summary>
        [Hidden]
        public string Instructions { get { return document.Text(); } }

        /// <summary>The address to open in a browser on this machine. It holds no secret.</summary>
        public string StartUrl { get { return document.Text(); } }

        /// <summary>
        /// Pinterest's page, for a browser on another machine: the address of the page that follows is to be pasted then.
        /// Null where a browser was started. Show it to the person alone: it has the state.
        /// </summary>
        [Hidden]
        public string AuthorizeUrl { get { return document.Text(); } }

        /// <summary>Whether a browser was started.</summary>
        public bool Opened { get { return document.Flag(); } }

        /// <summary>Why none was started, for a person; null where one was, or where none was wanted.</summary>
        public string WhyNotOpened { get { return document.Text(); } }

        /// <summary>Sentences about scopes that are perhaps misspelled, for the program's author.</summary>
        public string[] Hints { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>The start address.</summary>
        public override string ToString()
        {
            return StartUrl;
        }
    }

    /// <summary>What happens during a login. It holds no secret.</summary>
    public sealed class LoginEvent
    {
        private readonly Document document;

        internal LoginEvent(Document document)
        {
            this.document = document;
        }

        /// <summary>
        /// opened, not_opened, waiting, forwarded, https, foreign, foreign_user, too_many_cookies, confirm or done. Later
        /// versions may have more.
        /// </summary>
        public string Event { get { return document.Text(); } }

        /// <summary>The same as a sentence for the person.</summary>
        public string Message { get { return document.Text(); } }

        /// <summary>With confirm and done: who logged in; null where the token may not say it.</summary>
        public LoginUser User { get { return LoginUser.Of(document.Inner()); } }

        /// <summary>With confirm and done: who had logged in before; null where that is not known.</summary>
        public LoginUser PreviousUser { get { return LoginUser.Of(document.Inner()); } }

        /// <summary>With done: how the login ended.</summary>
        public LoginEnd End { get { return document.Inner() == null ? null : new LoginEnd(document.Inner()); } }

        /// <summary>The sentence.</summary>
        public override string ToString()
        {
            return Message;
        }
    }

    /// <summary>How a login ended, and how to answer the visitor of a web app. Times are local, as Get-Date gives them.</summary>
    public sealed class LoginEnd
    {
        private readonly Document document;

        internal LoginEnd(Document document)
        {
            this.document = document;
        }

        /// <summary>
        /// done; denied: access was not given; mismatch: the redirect is of no login of this browser; not_a_visit: nobody came,
        /// answer with the status and nothing else.
        /// </summary>
        public string Outcome { get { return document.Text(); } }

        /// <summary>The HTTP status to answer the visitor with: 303, 403, 400 or 204.</summary>
        public int Status { get { return (int)(document.Number() ?? 0); } }

        /// <summary>What happened, as a sentence for the visitor.</summary>
        public string Message { get { return document.Text(); } }

        /// <summary>The account that was to be logged in; null where no login is known.</summary>
        public string Account { get { return document.Text(); } }

        /// <summary>Where the visitor goes on: the path that was given at the begin; null where none was.</summary>
        public string Next { get { return document.Text(); } }

        /// <summary>The values of the answer's Set-Cookie headers, one header for each.</summary>
        public string[] SetCookies { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>What the access token may do.</summary>
        public string[] Scopes { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>When the access token expires; null where that is not known.</summary>
        public DateTime? ExpiresAt { get { return document.Time(); } }

        /// <summary>When the refresh token expires; null where that is not known.</summary>
        public DateTime? RefreshTokenExpiresAt { get { return document.Time(); } }

        /// <summary>Who logged in; null where the token may not say it.</summary>
        public LoginUser User { get { return LoginUser.Of(document.Inner()); } }

        /// <summary>Who had logged in to this account before; null where that is not known.</summary>
        public LoginUser PreviousUser { get { return LoginUser.Of(document.Inner()); } }

        /// <summary>The outcome and the sentence.</summary>
        public override string ToString()
        {
            return Outcome + ": " + Message;
        }
    }

    /// <summary>Who logged in.</summary>
    public sealed class LoginUser
    {
        private readonly Document document;

        private LoginUser(Document document)
        {
            this.document = document;
        }

        internal static LoginUser Of(Document document)
        {
            return document == null ? null : new LoginUser(document);
        }

        /// <summary>Pinterest's id.</summary>
        public string Id { get { return document.Text(); } }

        /// <summary>The name; null where Pinterest did not say it.</summary>
        public string Username { get { return document["username"] as string; } } // not the setting of that name

        /// <summary>The name, or the id.</summary>
        public override string ToString()
        {
            return Username == null ? Id : "@" + Username;
        }
    }

    /// <summary>Where to send the visitor of a web app, with status 303, and what goes along.</summary>
    public sealed class LoginBegin
    {
        private readonly Document document;

        internal LoginBegin(Document document)
        {
            this.document = document;
        }

        /// <summary>The address to send the browser to; it has the state.</summary>
        [Hidden]
        public string Url { get { return document.Text(); } }

        /// <summary>The values of the answer's Set-Cookie headers, one header for each.</summary>
        [Hidden]
        public string[] SetCookies { get { return document.List().OfType<string>().ToArray(); } }
    }
}
