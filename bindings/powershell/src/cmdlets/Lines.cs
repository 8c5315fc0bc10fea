// Puts text together that came line by line, as Get-Content gives a file.

using System;
using System.Collections.Generic;

namespace Pinterest.OAuth.Commands
{
    internal sealed class Lines
    {
        private string begun;
        private bool hadText;

        /// <summary>The inputs that are complete with this one. The beginning of a JSON object waits for its end.</summary>
        internal IEnumerable<object> Add(object input)
        {
            var line = Values.Unwrapped(input) as string;
            if (line == null)
            {
                foreach (var before in End())
                    yield return before;
                yield return input;
                yield break;
            }
            if (begun == null && hadText && line.Trim().Length == 0) // an empty line at the end of a file
                yield break;
            if (begun != null && IsToken(line)) // what was begun has no end: this is another one
                foreach (var before in End())
                    yield return before;
            if (begun == null && !TokenReader.IsJson(line))
            {
                yield return input;
                yield break;
            }
            hadText = true;
            begun = begun == null ? line : begun + "\n" + line;
            if (!IsComplete(begun))
                yield break;
            foreach (var complete in End())
                yield return complete;
        }

        /// <summary>What has been begun, complete or not.</summary>
        internal IEnumerable<object> End()
        {
            if (begun == null)
                yield break;
            var text = begun;
            begun = null;
            yield return text;
        }

        private static bool IsToken(string line)
        {
            return TokenReader.IsJson(line) && line.Contains("_token\"") && IsComplete(line);
        }

        private static bool IsComplete(string text)
        {
            try
            {
                Json.Read(text.Trim('\uFEFF', ' ', '\t', '\r', '\n'));
                return true;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }
}
