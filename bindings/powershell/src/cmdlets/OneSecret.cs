// One token as text: given as it is, or taken out of a whole token.

namespace Pinterest.OAuth.Commands
{
    internal static class OneSecret
    {
        /// <summary>The secret of that name; null where nothing is given.</summary>
        internal static object Of(object input, string name, string place)
        {
            input = Values.Given(input);
            var text = TokenReader.Text(input);
            if (input == null || text != null && !TokenReader.IsJson(text))
                return text;
            // A number, for example, is none; the core says it.
            if (text == null && !(input is Token) && !(input is System.Collections.IDictionary))
                return new Written(Json.Write(input, place));
            return TokenReader.Read(input, place).Value(name);
        }
    }
}
