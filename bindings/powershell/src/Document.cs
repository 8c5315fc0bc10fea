// A document of the core. A property that shows one of its fields asks without a name: its own name says which.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Pinterest.OAuth
{
    internal sealed class Document
    {
        private readonly IDictionary<string, object> entries;

        internal Document(string json) : this(Pinterest.OAuth.Json.Read(json))
        {
            Json = json;
        }

        private Document(IDictionary<string, object> entries)
        {
            this.entries = entries;
        }

        /// <summary>The text that was read.</summary>
        internal string Json { get; private set; }

        /// <summary>The value under a key; null where there is none.</summary>
        internal object this[string key]
        {
            get
            {
                object value;
                return entries.TryGetValue(key, out value) ? value : null;
            }
        }

        internal object Value([CallerMemberName] string name = null)
        {
            return this[Names.Field(name)];
        }

        internal string Text([CallerMemberName] string name = null)
        {
            return Value(name) as string;
        }

        internal long? Number([CallerMemberName] string name = null)
        {
            return Value(name) as long?;
        }

        internal bool Flag([CallerMemberName] string name = null)
        {
            return Value(name) as bool? ?? false;
        }

        internal IDictionary<string, object> Entries([CallerMemberName] string name = null)
        {
            return Value(name) as IDictionary<string, object>;
        }

        internal object[] List([CallerMemberName] string name = null)
        {
            return Value(name) as object[] ?? new object[0];
        }

        /// <summary>The objects of a list, each as a document.</summary>
        internal IEnumerable<Document> Documents([CallerMemberName] string name = null)
        {
            return List(name).OfType<IDictionary<string, object>>().Select(entries => new Document(entries));
        }

        /// <summary>The object under a key as a document; null where there is none.</summary>
        internal Document Inner([CallerMemberName] string name = null)
        {
            var inner = Entries(name);
            return inner == null ? null : new Document(inner);
        }

        /// <summary>Unix seconds as a time of this zone, which Get-Date gives too; null where no calendar has it.</summary>
        internal DateTime? Time([CallerMemberName] string name = null)
        {
            var seconds = Number(name);
            var last = (DateTime.MaxValue - Epoch).TotalSeconds - 86400; // a zone is never further than a day
            return seconds >= 0 && seconds < last ? Epoch.AddSeconds(seconds.Value).ToLocalTime() : (DateTime?)null;
        }

        /// <summary>What the call tells besides; null where the document says nothing of a call.</summary>
        internal Answer Answer()
        {
            var told = Inner();
            return told == null ? null : new Answer(told);
        }

        internal static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }
}
