// A command that turns a token into another form. Nothing is sent.

namespace Pinterest.OAuth.Commands
{
    /// <summary>A command that turns a token into another form.</summary>
    public abstract class TokenCommand : Command
    {
        private readonly Lines lines = new Lines();
        private int items;

        /// <summary>What came by the pipeline, or was given in its place.</summary>
        internal abstract object Input { get; }

        /// <summary>The other form.</summary>
        internal abstract object Output(Token token);

        /// <summary>Turns a token, or an item of the pipeline.</summary>
        protected override void ProcessRecord()
        {
            if (!MyInvocation.ExpectingInput)
            {
                Ending(() => Turn(Input));
                return;
            }
            foreach (var input in lines.Add(Input))
                Item(input);
        }

        /// <summary>Turns the last item.</summary>
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
                Turn(input);
            }
            catch (OAuthException problem)
            {
                WriteError(Record(problem, "item " + items));
            }
        }

        private void Turn(object input)
        {
            WriteObject(Output(TokenReader.Read(input, "-Token")));
        }
    }
}
