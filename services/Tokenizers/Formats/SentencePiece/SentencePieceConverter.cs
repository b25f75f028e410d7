using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;

namespace Atropos.Tokenizers.Formats.SentencePiece;

/// <summary>Turns a SentencePiece model into a tokenizer.json, by the rules by which Hugging Face converts them.</summary>
/// <remarks>
/// BPE without clean-up of white space gets Llama's shape (Prepend and Replace; Metaspace where <c>legacy</c> is false);
/// everything else gets T5's (Precompiled, then Metaspace). Special pieces are found in text, as they are there.
/// </remarks>
internal static class SentencePieceConverter
{
    private const string Space = "▁";
    private const int MostExtraIds = 1 << 20;

    // Their Python code numbers the pieces anew.
    private static readonly string[] Renumbering =
    [
        "XLMRobertaTokenizer", "CamembertTokenizer", "MBartTokenizer", "MBart50Tokenizer", "NllbTokenizer", "BarthezTokenizer", "PegasusTokenizer",
        "XGLMTokenizer", "MarianTokenizer", "M2M100Tokenizer", "PLBartTokenizer", "SeamlessM4TTokenizer", "LayoutXLMTokenizer", "Speech2TextTokenizer",
    ];

    public static Conversion Convert(FormatInput input)
    {
        var model = SentencePieceModel.Read(input.File, input.Content.Span);
        Check(input, model);
        var added = AddedTokens(input, model);
        var isT5 = input.TokenizerClass == "T5Tokenizer";
        var bos = model.RoleOf(model.BosId);
        var eos = model.RoleOf(model.EosId);
        var addsBos = input.Config.Flag("add_bos_token", model.ModelType == SentencePieceModel.Bpe && !isT5);
        var addsEos = input.Config.Flag("add_eos_token", isT5);

        using var writer = new TokenizerJsonWriter();
        writer.WriteAddedTokens(added);
        WritePipeline(writer, model, legacy: input.Config.Flag("legacy", true));
        writer.WriteTemplate(
            addsBos ? added.Find(token => token.Content == (input.Role("bos_token") ?? bos)) : null,
            addsEos ? added.Find(token => token.Content == (input.Role("eos_token") ?? eos)) : null);
        WriteModel(input, writer, model, added);
        return new Conversion(writer.Finish(), new RoleTokens(bos, eos, model.RoleOf(model.UnkId), model.RoleOf(model.PadId)));
    }

    private static void Check(FormatInput input, SentencePieceModel model)
    {
        TokenizerLoadException Refuse(string field, string what) => new(input.File, "ModelProto." + field, what);

        if (Renumbering.Contains(input.TokenizerClass))
        {
            throw input.Config.Member("tokenizer_class").Fail(
                $"'{input.TokenizerClass}' numbers the pieces of its SentencePiece model anew, which is not supported; give the model's tokenizer.json");
        }

        if (model.ModelType is not (SentencePieceModel.Unigram or SentencePieceModel.Bpe))
        {
            throw Refuse("trainer_spec.model_type", $"{model.ModelType} is not supported; supported are 1 (UNIGRAM) and 2 (BPE)");
        }

        if (model.TreatWhitespaceAsSuffix)
        {
            throw Refuse("trainer_spec.treat_whitespace_as_suffix", "true is not supported; expected false");
        }

        if (!model.EscapeWhitespaces)
        {
            throw Refuse("normalizer_spec.escape_whitespaces", "false is not supported; expected true");
        }

        if ((uint)model.UnkId >= (uint)model.Pieces.Count || model.Pieces[model.UnkId].Kind != PieceKind.Unknown)
        {
            throw Refuse("trainer_spec.unk_id", $"expected the id of the piece of type UNKNOWN, found {model.UnkId}");
        }

        var seen = new HashSet<string>();
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            if (!seen.Add(model.Pieces[id].Text))
            {
                throw Refuse($"pieces[{id}]", $"'{model.Pieces[id].Text}' has already appeared; expected each piece once");
            }
        }
    }

    private static List<AddedToken> AddedTokens(FormatInput input, SentencePieceModel model)
    {
        var added = new SortedDictionary<int, AddedToken>();
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            var (text, _, kind) = model.Pieces[id];
            if (kind is PieceKind.Control or PieceKind.Unknown or PieceKind.UserDefined)
            {
                added[id] = new AddedToken(id, text, Special: kind != PieceKind.UserDefined, false, false, false, false);
            }
        }

        var declared = DeclaredTokens.Read(input.Config);
        if (declared.Count == 0 && input.TokenizerClass == "T5Tokenizer")
        {
            var extra = input.Config.Member("extra_ids").IsNull ? 100 : input.Config.Number("extra_ids");
            if ((uint)extra > MostExtraIds)
            {
                throw input.Config.Member("extra_ids").Fail($"expected 0 to {MostExtraIds}, found {extra}");
            }

            declared.AddRange(Enumerable.Range(0, extra)
                .Select(index => DeclaredTokens.Special(model.Pieces.Count + index, $"<extra_id_{extra - 1 - index}>")));
        }

        var ids = model.Pieces.Select((piece, id) => (piece.Text, id)).ToDictionary();
        foreach (var token in declared)
        {
            var taken = ids.TryGetValue(token.Content, out var id) ? id != token.Id : token.Id < model.Pieces.Count;
            added[token.Id] = taken
                ? throw input.Config.Member("added_tokens_decoder").Member(token.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Fail(
                    $"'{token.Content}' clashes with the pieces of {Path.GetFileName(input.File)}, where it has another id or the id another piece")
                : token;
        }

        return [.. added.Values];
    }

    private static void WritePipeline(TokenizerJsonWriter writer, SentencePieceModel model, bool legacy)
    {
        var plain = model.ModelType == SentencePieceModel.Bpe && !model.RemoveExtraWhitespaces && legacy;
        var scheme = !model.AddDummyPrefix ? "never" : legacy ? "always" : "first";
        WriteNormalizer(writer.Json, model, plain);
        if (plain)
        {
            writer.WriteNull("pre_tokenizer");
        }
        else
        {
            writer.Json.WritePropertyName("pre_tokenizer"u8);

            // Merges may cross spaces; a Unigram model trained not to has no piece that does.
            WriteMetaspace(writer.Json, scheme, split: model.ModelType == SentencePieceModel.Unigram && model.SplitByWhitespace);
        }

        writer.Json.WritePropertyName("decoder"u8);
        if (model.ByteFallback || plain)
        {
            WriteDecoder(writer.Json, model.AddDummyPrefix);
        }
        else
        {
            WriteMetaspace(writer.Json, scheme, split: true);
        }
    }

    private static void WriteNormalizer(Utf8JsonWriter json, SentencePieceModel model, bool plain)
    {
        json.WriteStartObject("normalizer"u8);
        json.WriteString("type"u8, "Sequence"u8);
        json.WriteStartArray("normalizers"u8);
        if (model.PrecompiledCharsMap.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Precompiled"u8);
            json.WriteBase64String("precompiled_charsmap"u8, model.PrecompiledCharsMap);
            json.WriteEndObject();
        }

        if (model.RemoveExtraWhitespaces)
        {
            // A leading space is no matter where a prefix comes, since none is put before a space.
            WriteReplace(json, "Regex", model.AddDummyPrefix ? " +$" : "^ +| +$", "");
            WriteReplace(json, "Regex", " {2,}", Space);
        }

        if (plain && model.AddDummyPrefix)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Prepend"u8);
            json.WriteString("prepend"u8, Space);
            json.WriteEndObject();
        }

        if (plain)
        {
            WriteReplace(json, "String", " ", Space);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDecoder(Utf8JsonWriter json, bool stripsPrefix)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Sequence"u8);
        json.WriteStartArray("decoders"u8);
        WriteReplace(json, "String", Space, " ");
        json.WriteRawValue("""{"type":"ByteFallback"},{"type":"Fuse"}"""u8, skipInputValidation: true);
        if (stripsPrefix)
        {
            json.WriteRawValue("""{"type":"Strip","content":" ","start":1,"stop":0}"""u8);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetaspace(Utf8JsonWriter json, string scheme, bool split)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Metaspace"u8);
        json.WriteString("replacement"u8, Space);
        json.WriteString("prepend_scheme"u8, scheme);
        json.WriteBoolean("split"u8, split);
        json.WriteEndObject();
    }

    private static void WriteReplace(Utf8JsonWriter json, string kind, string pattern, string content)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Replace"u8);
        json.WriteStartObject("pattern"u8);
        json.WriteString(kind, pattern);
        json.WriteEndObject();
        json.WriteString("content"u8, content);
        json.WriteEndObject();
    }

    private static void WriteModel(FormatInput input, TokenizerJsonWriter writer, SentencePieceModel model, List<AddedToken> added)
    {
        var json = writer.Json;
        json.WriteStartObject("model"u8);
        json.WriteBoolean("byte_fallback"u8, model.ByteFallback);
        var beyond = added.Where(token => token.Id >= model.Pieces.Count).ToArray();
        if (model.ModelType == SentencePieceModel.Unigram)
        {
            json.WriteString("type"u8, "Unigram"u8);
            json.WriteNumber("unk_id"u8, model.UnkId);
            json.WriteStartArray("vocab"u8);
            foreach (var piece in model.Pieces)
            {
                WriteScored(json, piece.Text, piece.Score);
            }

            // Found in text as added tokens, they are never up for choice. Places in the list are ids.
            for (var index = 0; index < beyond.Length; index++)
            {
                WriteScored(json, beyond[index].Id == model.Pieces.Count + index ? beyond[index].Content : throw input.Fail(
                    $"added token '{beyond[index].Content}' has id {beyond[index].Id}; expected the added tokens of a Unigram model to follow on its "
                    + $"{model.Pieces.Count} pieces without a gap"), 0);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteString("type"u8, "BPE"u8);
            json.WriteString("unk_token"u8, model.Pieces[model.UnkId].Text);
            json.WriteBoolean("fuse_unk"u8, true);
            json.WriteStartObject("vocab"u8);
            for (var id = 0; id < model.Pieces.Count; id++)
            {
                json.WriteNumber(model.Pieces[id].Text, id);
            }

            foreach (var token in beyond)
            {
                json.WriteNumber(token.Content, token.Id);
            }

            json.WriteEndObject();
            writer.WriteMerges(Merges(model));
        }

        json.WriteEndObject();
    }

    private static void WriteScored(Utf8JsonWriter json, string piece, double score)
    {
        json.WriteStartArray();
        json.WriteStringValue(piece);
        json.WriteNumberValue(score);
        json.WriteEndArray();
    }

    // Every way to put a piece together from two others, a higher score first. Of pieces with equal scores (Llama's runs of spaces)
    // those with the longer beginning come first, as Hugging Face has it, by which runs grow from the left as SentencePiece lets them.
    private static IEnumerable<(string Token, int Split)> Merges(SentencePieceModel model)
    {
        var ids = new Dictionary<string, int>(model.Pieces.Count);
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            ids[model.Pieces[id].Text] = id;
        }

        var known = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var merges = new List<(Piece Piece, int Split, int Left, int Right, int LeftId, int RightId)>();
        foreach (var piece in model.Pieces.Where(piece => piece.Kind == PieceKind.Normal))
        {
            var length = piece.Text.EnumerateRunes().Count();
            var at = 0;
            for (var left = 1; left < length; left++)
            {
                at += char.IsHighSurrogate(piece.Text[at]) ? 2 : 1;
                if (known.TryGetValue(piece.Text.AsSpan(0, at), out var leftId) && known.TryGetValue(piece.Text.AsSpan(at), out var rightId))
                {
                    merges.Add((piece, at, left, length - left, leftId, rightId));
                }
            }
        }

        return merges
            .OrderByDescending(merge => merge.Piece.Score).ThenByDescending(merge => merge.Left).ThenByDescending(merge => merge.Right)
            .ThenBy(merge => ids[merge.Piece.Text]).ThenBy(merge => merge.LeftId).ThenBy(merge => merge.RightId)
            .Select(merge => (merge.Piece.Text, merge.Split));
    }
}
