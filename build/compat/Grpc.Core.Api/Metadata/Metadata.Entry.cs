using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value: text, or bytes where the key ends in <c>-bin</c>.</summary>
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">
        /// The key, ending in <c>-bin</c>: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; upper case is turned to lower case.
        /// </param>
        /// <param name="valueBytes">The bytes; copied.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key has other characters or another ending.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = MetadataKey.Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"The key \"{key}\" of a binary entry has to end in \"{BinaryHeaderSuffix}\".", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _valueBytes = (byte[])valueBytes.Clone();
        }

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">
        /// The key, not ending in <c>-bin</c>: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; upper case is turned to lower case.
        /// </param>
        /// <param name="value">The text.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key has other characters, or ends in <c>-bin</c>.</exception>
        public Entry(string key, string value)
        {
            Key = MetadataKey.Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException(
                    $"The key \"{key}\" of a text entry cannot end in \"{BinaryHeaderSuffix}\"; give the value as bytes.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(value);
            _value = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>The bytes of a binary entry, or the text as ASCII; a copy each time.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : (byte[])_valueBytes.Clone();

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value =>
            _value ?? throw new InvalidOperationException($"The entry \"{Key}\" is binary; read its ValueBytes.");

        /// <summary>Whether the entry is binary.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <inheritdoc/>
        public override string ToString() => _value is null
            ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_valueBytes!)}]"
            : $"[Entry: key={Key}, value={_value}]";

        internal bool HasKey(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);
    }
}
