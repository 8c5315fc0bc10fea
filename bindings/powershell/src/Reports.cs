// What the token manager tells of accounts and of its store. No part of it is secret.

using System;
using System.Collections.Generic;
using System.Linq;

namespace Pinterest.OAuth
{
    /// <summary>Where an account stands. Times are local, as Get-Date gives them; what is not known is null.</summary>
    public sealed class AccountStatus
    {
        private readonly Document document;

        internal AccountStatus(Document document)
        {
            this.document = document;
        }

        /// <summary>The name of the account; empty for tokens of the app itself.</summary>
        public string Account { get { return document.Text(); } }

        /// <summary>The app that it belongs to.</summary>
        public string AppId { get { return document.Text(); } }

        /// <summary>production, sandbox, or the origin of an address of one's own.</summary>
        public string Environment { get { return document.Text(); } }

        /// <summary>ready; doubtful: Pinterest refused the refresh token once and is asked again; needs_login.</summary>
        public string State { get { return document.Text(); } }

        /// <summary>What the access token may do.</summary>
        public string[] Scopes { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>When the token was obtained.</summary>
        public DateTime? ObtainedAt { get { return document.Time(); } }

        /// <summary>When the access token expires.</summary>
        public DateTime? ExpiresAt { get { return document.Time(); } }

        /// <summary>When the next refresh is due; null where none can be.</summary>
        public DateTime? RefreshAt { get { return document.Time(); } }

        /// <summary>When the refresh token expires.</summary>
        public DateTime? RefreshTokenExpiresAt { get { return document.Time(); } }

        /// <summary>When the user logged in, or the token was imported.</summary>
        public DateTime? LoginAt { get { return document.Time(); } }

        /// <summary>Who logged in; null where that is not known.</summary>
        public LoginUser User { get { return LoginUser.Of(document.Inner()); } }

        /// <summary>How many tokens the account has had.</summary>
        public long Generation { get { return document.Number() ?? 0; } }

        /// <summary>Whether a refresh is under way.</summary>
        public bool Refreshing { get { return document.Flag(); } }

        /// <summary>Whether this process has a token that no disk took.</summary>
        public bool Unsaved { get { return document.Flag(); } }

        /// <summary>What went wrong last; null where nothing did.</summary>
        public AccountTrouble Trouble
        {
            get { return document.Inner() == null ? null : new AccountTrouble(document.Inner()); }
        }

        /// <summary>What somebody should look after, as one sentence; null where nothing is.</summary>
        public string Warning { get { return document.Text(); } }

        /// <summary>The account and its state.</summary>
        public override string ToString()
        {
            return Account + ": " + State;
        }
    }

    /// <summary>What went wrong last with an account.</summary>
    public sealed class AccountTrouble
    {
        private readonly Document document;

        internal AccountTrouble(Document document)
        {
            this.document = document;
        }

        /// <summary>The kind of the error, for example invalid_grant.</summary>
        public string Kind { get { return document.Text(); } }

        /// <summary>Its message.</summary>
        public string Message { get { return document.Text(); } }

        /// <summary>Pinterest's code; null where there was none.</summary>
        public long? Code { get { return document.Number(); } }

        /// <summary>The status of the answer; null where there was none.</summary>
        public int? HttpStatus { get { return (int?)document.Number(); } }

        /// <summary>Pinterest's id of the request, for its support; null where there was none.</summary>
        public string RequestId { get { return document.Text(); } }

        /// <summary>When it happened.</summary>
        public DateTime? At { get { return document.Time(); } }

        /// <summary>How often in a row.</summary>
        public long Count { get { return document.Number() ?? 0; } }

        /// <summary>Nothing is sent before.</summary>
        public DateTime? RetryAt { get { return document.Time(); } }

        /// <summary>The kind and the message.</summary>
        public override string ToString()
        {
            return Kind + ": " + Message;
        }
    }

    /// <summary>What a run over all accounts did.</summary>
    public sealed class RefreshReport
    {
        private readonly Document document;

        internal RefreshReport(Document document)
        {
            this.document = document;
            Failed = document.Documents("Failed").Select(one => new AccountFailure(one)).ToArray();
        }

        /// <summary>How many accounts there are.</summary>
        public long Accounts { get { return document.Number() ?? 0; } }

        /// <summary>How many were due.</summary>
        public long Due { get { return document.Number() ?? 0; } }

        /// <summary>How many were refreshed.</summary>
        public long Refreshed { get { return document.Number() ?? 0; } }

        /// <summary>Those that failed, each with its error.</summary>
        public AccountFailure[] Failed { get; private set; }

        /// <summary>The names of the accounts whose user must log in again.</summary>
        public string[] NeedsLogin { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>How long it took.</summary>
        public double Seconds { get { return Convert.ToDouble(document.Value() ?? 0, System.Globalization.CultureInfo.InvariantCulture); } }
    }

    /// <summary>An account that could not be refreshed.</summary>
    public sealed class AccountFailure
    {
        internal AccountFailure(Document document)
        {
            Account = document.Text("Account");
            Error = OAuthException.From(Json.Write(document.Entries("Error")), null);
        }

        /// <summary>The name of the account.</summary>
        public string Account { get; private set; }

        /// <summary>Why.</summary>
        public OAuthException Error { get; private set; }

        /// <summary>The account and why.</summary>
        public override string ToString()
        {
            return Account + ": " + Error.Message;
        }
    }

    /// <summary>What was found in a store.</summary>
    public sealed class StoreReport
    {
        private readonly Document document;

        internal StoreReport(Document document)
        {
            this.document = document;
            Findings = document.Documents("Findings").Select(one => new StoreFinding(one)).ToArray();
        }

        /// <summary>Where the store is.</summary>
        public string Store { get { return document.Text(); } }

        /// <summary>Its random id.</summary>
        public string StoreId { get { return document.Text(); } }

        /// <summary>How many accounts it has.</summary>
        public long Accounts { get { return document.Number() ?? 0; } }

        /// <summary>What is not as it should be; empty where all is well.</summary>
        public StoreFinding[] Findings { get; private set; }

        /// <summary>When all accounts were last looked after (at, in Unix seconds), and how that went; null where they never were.</summary>
        public IDictionary<string, object> LastRefreshDue { get { return document.Entries(); } }
    }

    /// <summary>One thing of a store that is not as it should be.</summary>
    public sealed class StoreFinding
    {
        private readonly Document document;

        internal StoreFinding(Document document)
        {
            this.document = document;
        }

        /// <summary>A fixed word, for example damaged.</summary>
        public string What { get { return document.Text(); } }

        /// <summary>The file or folder, or the name of the account.</summary>
        public string Path { get { return document.Text(); } }

        /// <summary>One sentence.</summary>
        public string Text { get { return document.Text(); } }

        /// <summary>Whether it was set right.</summary>
        public bool Repaired { get { return document.Flag(); } }

        /// <summary>The path and the sentence.</summary>
        public override string ToString()
        {
            return Path + ": " + Text;
        }
    }

    /// <summary>What was removed with an account.</summary>
    public sealed class RemovedAccount
    {
        private readonly Document document;

        internal RemovedAccount(Document document)
        {
            this.document = document;
        }

        /// <summary>The name of the account.</summary>
        public string Account { get { return document.Text(); } }

        /// <summary>Whether it had a token.</summary>
        public bool Token { get { return document.Flag(); } }

        /// <summary>How many logins were under way: their tokens are dropped when they come.</summary>
        public long Logins { get { return document.Number() ?? 0; } }

        /// <summary>How many answers and copies of it lay elsewhere and are gone.</summary>
        public long Copies { get { return document.Number() ?? 0; } }
    }

    /// <summary>What a token manager did: see <see cref="TokenManager.TakeLog"/>.</summary>
    public sealed class LogLine
    {
        private readonly Document document;

        internal LogLine(Document document)
        {
            this.document = document;
        }

        /// <summary>
        /// info; warning: a refresh failed, or somebody should look after the account; error: the user must log in again.
        /// </summary>
        public string Level { get { return document.Text(); } }

        /// <summary>refreshed, refresh_failed, doubtful, needs_login or warning.</summary>
        public string Event { get { return document.Text(); } }

        /// <summary>The name of the account; empty for tokens of the app itself.</summary>
        public string Account { get { return document.Text(); } }

        /// <summary>What happened, as one sentence.</summary>
        public string Message { get { return document.Text(); } }

        /// <summary>Pinterest's id of the request, for its support; null where there was no answer.</summary>
        public string RequestId { get { return document.Text(); } }

        /// <summary>When, in local time.</summary>
        public DateTime? At { get { return document.Time(); } }

        /// <summary>The account, the message and the request id.</summary>
        public override string ToString()
        {
            return (Account.Length == 0 ? "the app" : Account) + ": " + Message + (RequestId == null ? "" : ", request id " + RequestId);
        }
    }
}
