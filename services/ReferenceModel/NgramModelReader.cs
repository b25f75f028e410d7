namespace Atropos.ReferenceModel;

/// <summary>Reads the file that build/model/ModelTrainer writes; its NgramTrainer describes the layout.</summary>
internal ref struct NgramModelReader(ReadOnlySpan<byte> data)
{
    private const int Version = 1;

    private ReadOnlySpan<byte> _rest = data;

    public NgramLanguageModel Read()
    {
        if (!_rest.StartsWith("ATNG"u8) || _rest.Length < 6 || _rest[4] != Version)
        {
            throw new InvalidDataException("This is not an n-gram model of version 1: it does not start with 'ATNG' and a byte 1.");
        }

        var order = _rest[5];
        _rest = _rest[6..];
        var vocabularySize = ReadVarint();
        var discount = ReadVarint() / 1000.0;
        var tokensInCorpus = ReadVarint();
        if (order is < 1 or > NgramLanguageModel.MaximumOrder || vocabularySize is < 1 or > ushort.MaxValue + 1 || tokensInCorpus < 1)
        {
            throw new InvalidDataException($"The n-gram model is damaged: order {order}, vocabulary size {vocabularySize}.");
        }

        var levels = new NgramLevel[order];
        var parents = 1;
        for (var k = 0; k < order; k++)
        {
            levels[k] = ReadLevel(parents, vocabularySize);
            parents = levels[k].Tokens.Length;
        }

        return new NgramLanguageModel(vocabularySize, discount, tokensInCorpus, levels);
    }

    private NgramLevel ReadLevel(int parents, int vocabularySize)
    {
        var starts = new int[parents + 1];
        var tokens = new List<ushort>();
        var countsBefore = new List<int> { 0 };
        for (var parent = 0; parent < parents; parent++)
        {
            var children = ReadVarint();
            var token = 0;
            for (var i = 0; i < children; i++)
            {
                token += ReadVarint();
                if (token >= vocabularySize)
                {
                    throw new InvalidDataException($"The n-gram model is damaged: token {token} in a vocabulary of {vocabularySize}.");
                }

                tokens.Add((ushort)token);
                countsBefore.Add(checked(countsBefore[^1] + ReadVarint()));
            }

            starts[parent + 1] = tokens.Count;
        }

        return new NgramLevel { Starts = starts, Tokens = [.. tokens], CountsBefore = [.. countsBefore] };
    }

    private int ReadVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                throw new InvalidDataException("The n-gram model ends too early.");
            }

            var next = _rest[0];
            _rest = _rest[1..];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }

        throw new InvalidDataException("The n-gram model is damaged: a number has too many bytes.");
    }
}
