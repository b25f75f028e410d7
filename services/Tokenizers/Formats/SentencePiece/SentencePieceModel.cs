namespace Atropos.Tokenizers.Formats.SentencePiece;

/// <summary>What a SentencePiece ModelProto says, as far as it matters for encoding; the defaults are the format's.</summary>
internal sealed class SentencePieceModel
{
    public const int Unigram = 1;

    public const int Bpe = 2;

    public List<Piece> Pieces { get; } = [];

    public int ModelType { get; private set; } = Unigram;

    public bool SplitByWhitespace { get; private set; } = true;

    public bool TreatWhitespaceAsSuffix { get; private set; }

    public bool ByteFallback { get; private set; }

    public int UnkId { get; private set; }

    public int BosId { get; private set; } = 1;

    public int EosId { get; private set; } = 2;

    public int PadId { get; private set; } = -1;

    public byte[] PrecompiledCharsMap { get; private set; } = [];

    public bool AddDummyPrefix { get; private set; } = true;

    public bool RemoveExtraWhitespaces { get; private set; } = true;

    public bool EscapeWhitespaces { get; private set; } = true;

    /// <summary>The piece of that id where it is one that text is not made of; else null.</summary>
    public string? RoleOf(int id) =>
        (uint)id < (uint)Pieces.Count && Pieces[id].Kind is PieceKind.Control or PieceKind.Unknown ? Pieces[id].Text : null;

    public static SentencePieceModel Read(string file, ReadOnlySpan<byte> content)
    {
        var model = new SentencePieceModel();
        var reader = new ProtoReader(file, "ModelProto", content);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    model.Pieces.Add(ReadPiece(file, model.Pieces.Count, reader.Bytes));
                    break;
                case 2:
                    model.ReadTrainerSpec(new ProtoReader(file, "ModelProto.trainer_spec", reader.Bytes));
                    break;
                case 3:
                    model.ReadNormalizerSpec(new ProtoReader(file, "ModelProto.normalizer_spec", reader.Bytes));
                    break;
                default:
                    break;
            }
        }

        return model.Pieces.Count > 0 ? model : throw new TokenizerLoadException(file, "ModelProto.pieces", "expected pieces, found none");
    }

    private static Piece ReadPiece(string file, int id, ReadOnlySpan<byte> content)
    {
        var place = $"ModelProto.pieces[{id}]";
        var reader = new ProtoReader(file, place, content);
        var text = "";
        var score = 0f;
        var kind = PieceKind.Normal;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    text = reader.Text;
                    break;
                case 2:
                    score = reader.Float;
                    break;
                case 3:
                    kind = (PieceKind)reader.Number;
                    break;
                default:
                    break;
            }
        }

        return text.Length == 0
            ? throw new TokenizerLoadException(file, place, "expected a piece that is not empty")
            : kind is PieceKind.Unused || !Enum.IsDefined(kind)
            ? throw new TokenizerLoadException(file, $"{place}.type", $"'{kind}' is not supported; supported are Normal, Unknown, Control, UserDefined, Byte")
            : !float.IsFinite(score)
            ? throw new TokenizerLoadException(file, $"{place}.score", "expected a finite number")
            : new Piece(text, score, kind);
    }

    private void ReadTrainerSpec(ProtoReader reader)
    {
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 3:
                    ModelType = (int)reader.Number;
                    break;
                case 22:
                    SplitByWhitespace = reader.Flag;
                    break;
                case 24:
                    TreatWhitespaceAsSuffix = reader.Flag;
                    break;
                case 35:
                    ByteFallback = reader.Flag;
                    break;
                case 40:
                    UnkId = (int)reader.Number;
                    break;
                case 41:
                    BosId = (int)reader.Number;
                    break;
                case 42:
                    EosId = (int)reader.Number;
                    break;
                case 43:
                    PadId = (int)reader.Number;
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadNormalizerSpec(ProtoReader reader)
    {
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2:
                    PrecompiledCharsMap = reader.Bytes.ToArray();
                    break;
                case 3:
                    AddDummyPrefix = reader.Flag;
                    break;
                case 4:
                    RemoveExtraWhitespaces = reader.Flag;
                    break;
                case 5:
                    EscapeWhitespaces = reader.Flag;
                    break;
                default:
                    break;
            }
        }
    }
}
