// A command for one account, or for many by the pipeline: then what fails is an error of its account, and the others go on.

using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    /// <summary>A command for accounts.</summary>
    public abstract class EachAccountCommand : WaitingCommand
    {
        /// <summary>The name of the account, or what Get-PinterestAccount gives. It is compared letter by letter.</summary>
        /// <value>default</value>
        [Parameter(Position = 0, ValueFromPipeline = true)]
        public object Account { get { return Get(); } set { Set(value); } }

        /// <summary>Does its work with an account.</summary>
        internal abstract void Work(Account account);

        /// <summary>Does its work where no account is named.</summary>
        internal virtual void WithoutAccount()
        {
            Work(ChosenAccount());
        }

        /// <summary>Does its work, or that of one item of the pipeline.</summary>
        protected override void ProcessRecord()
        {
            if (!MyInvocation.ExpectingInput)
            {
                if (Given.Contains("Account"))
                    Ending(() => Work(ChosenAccount()));
                else
                    Ending(WithoutAccount);
                return;
            }
            object target = null;
            try
            {
                var account = AccountOf(Account);
                target = account.Name;
                Work(account);
            }
            catch (OAuthException problem)
            {
                WriteError(Record(problem, target));
            }
        }
    }
}
