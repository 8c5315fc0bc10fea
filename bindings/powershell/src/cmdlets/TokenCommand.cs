// A command that takes tokens in every form. Nothing is sent.

namespace Pinterest.OAuth.Commands
{
    /// <summary>A command that takes tokens in every form.</summary>
    public abstract class TokenCommand : WaitingCommand
    {
        private readonly Lines lines = new Lines();
        private int items;

        /// <summary>What came by the pipeline, or was given in its place.</summary>
        internal abstract object Input { get; }

        /// <summary>Does its work with one input.</summary>
        internal abstract void Take(object input);

        /// <summary>Takes a token, or an item of the pipeline.</summary>
        protected override void ProcessRecord()
        {
            if (!MyInvocation.ExpectingInput)
            {
                Ending(() => Take(Input));
                return;
            }
            foreach (var input in lines.Add(Input))
                Item(input);
        }

        /// <summary>Takes the last item.</summary>
        protected override void EndProcessing()
        {
            if (!MyInvocation.ExpectingInput)
                return;
            foreach (var input in lines.End())
                Item(input);
            if (items == 0)
                WriteError(Record(OAuthException.InvalidArgument("-Token", "got nothing by the pipeline; an empty file, for example, holds no token"), null));
        }

        private void Item(object input)
        {
            items++;
            try
            {
                Take(input);
            }
            catch (OAuthException problem)
            {
                WriteError(Record(problem, "item " + items));
            }
        }
    }
}
