// How a call went.

using System.Collections.Generic;
using System.Globalization;

namespace Pinterest.OAuth
{
    /// <summary>What a call tells besides its document. It is never stored with a token.</summary>
    public sealed class Answer
    {
        private readonly Document document;

        internal Answer(Document document)
        {
            this.document = document;
        }

        /// <summary>The method of the request: POST.</summary>
        public string Method { get { return document.Text(); } }

        /// <summary>The path of the request, for example /v5/oauth/token.</summary>
        public string Path { get { return document.Text(); } }

        /// <summary>The HTTP status; null where no answer came.</summary>
        public int? Status { get { return (int?)document.Number(); } }

        /// <summary>Pinterest's id of the request, for its support; null where none came.</summary>
        public string RequestId { get { return document.Text(); } }

        /// <summary>limit, remaining, reset (seconds) and policies; null where the answer does not say.</summary>
        public IDictionary<string, object> RateLimit { get { return document.Entries(); } }

        /// <summary>How long the call took, in milliseconds.</summary>
        public long Milliseconds { get { return document.Number() ?? 0; } }

        /// <summary>How often it was tried: 2 where the first connection could not be made.</summary>
        public long Attempts { get { return document.Number() ?? 0; } }

        /// <summary>All but the rate limit in one line.</summary>
        public override string ToString()
        {
            return string.Format(
                CultureInfo.InvariantCulture, "{0} {1}: {2} in {3} ms, request id {4}{5}", Method, Path,
                Status == null ? "no answer" : "status " + Status, Milliseconds, RequestId ?? "none",
                Attempts > 1 ? ", tried " + Attempts + " times" : "");
        }
    }
}
