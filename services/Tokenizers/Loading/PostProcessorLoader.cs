using Atropos.Tokenizers.PostProcessors;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>post_processor</c> section.</summary>
internal static class PostProcessorLoader
{
    public static PostProcessor Load(JsonSection section)
    {
        if (section.IsNull)
        {
            return PostProcessor.None;
        }

        var type = section.Text("type");
        return type switch
        {
            "ByteLevel" => PostProcessor.None with { Trimmings = Trimmings(section) },
            "TemplateProcessing" => Template(section),
            "BertProcessing" => Bert(section),
            "RobertaProcessing" => Roberta(section),
            "Sequence" => Sequence(section),
            _ => throw section.Unsupported(
                "post-processor", type, "ByteLevel", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "Sequence"),
        };
    }

    private static OffsetTrimming[] Trimmings(JsonSection section)
    {
        var keepsPrefixSpace = section.Flag("add_prefix_space");
        return section.Flag("trim_offsets") ? [new OffsetTrimming(keepsPrefixSpace)] : [];
    }

    private static PostProcessor Bert(JsonSection section)
    {
        var (sep, sepId) = Token(section.Member("sep"));
        var (cls, clsId) = Token(section.Member("cls"));
        TemplatePiece[] single =
        [
            TemplatePiece.Special(cls, clsId, 0), TemplatePiece.Text(0, 0), TemplatePiece.Special(sep, sepId, 0),
        ];
        return new PostProcessor([], single, [.. single, TemplatePiece.Text(1, 1), TemplatePiece.Special(sep, sepId, 1)]);
    }

    private static PostProcessor Roberta(JsonSection section)
    {
        var (sep, sepId) = Token(section.Member("sep"));
        var (cls, clsId) = Token(section.Member("cls"));
        var end = TemplatePiece.Special(sep, sepId, 0);
        TemplatePiece[] single = [TemplatePiece.Special(cls, clsId, 0), TemplatePiece.Text(0, 0), end];
        return new PostProcessor(Trimmings(section), single, [.. single, end, TemplatePiece.Text(1, 0), end])
        {
            SetsOverflowingTypes = true,
        };
    }

    private static (string Token, int Id) Token(JsonSection section)
    {
        JsonSection[] items = [.. section.Items()];
        return items.Length == 2 ? (items[0].AsText(), items[1].AsId()) : throw section.Fail("expected [token, id]");
    }

    private static PostProcessor Template(JsonSection section) => new(
        [],
        [.. section.Items("single").Select(piece => Piece(section, piece, texts: 1))],
        [.. section.Items("pair").Select(piece => Piece(section, piece, texts: 2))]);

    private static TemplatePiece Piece(JsonSection section, JsonSection piece, int texts)
    {
        var text = piece.Member("Sequence");
        if (!text.IsNull)
        {
            var name = text.Text("id");
            var sequence = name switch
            {
                "A" => 0,
                "B" when texts == 2 => 1,
                _ => throw text.Member("id").Fail(
                    texts == 1 ? $"the template of a single text can only hold sequence A, found '{name}'" : $"expected A or B, found '{name}'"),
            };
            return TemplatePiece.Text(sequence, text.Number("type_id"));
        }

        var special = piece.Member("SpecialToken");
        if (special.IsNull)
        {
            throw piece.Fail("expected a Sequence or a SpecialToken");
        }

        var tokens = section.Member("special_tokens").Member(special.Text("id"));
        if (tokens.IsNull)
        {
            throw special.Fail($"'{special.Text("id")}' is not among the template's special_tokens");
        }

        int[] ids = [.. tokens.Items("ids").Select(item => item.AsId())];
        string[] names = [.. tokens.Items("tokens").Select(item => item.AsText())];
        return ids.Length == names.Length
            ? new TemplatePiece(-1, special.Number("type_id"), ids, names)
            : throw tokens.Fail($"expected as many ids as tokens, found {ids.Length} and {names.Length}");
    }

    // Trimming leaves special tokens alone, which have no place in the text: so all trimmings can come before the one template.
    private static PostProcessor Sequence(JsonSection section)
    {
        PostProcessor? template = null;
        var trimmings = new List<OffsetTrimming>();
        foreach (var item in section.Items("processors"))
        {
            var step = item.IsNull ? throw item.Fail("expected a post-processor, found null") : Load(item);
            trimmings.AddRange(step.Trimmings);
            if (!ReferenceEquals(step.Single, PostProcessor.None.Single))
            {
                template = template is null ? step : throw item.Fail("only one post-processor of a sequence can add tokens");
            }
        }

        return (template ?? PostProcessor.None) with { Trimmings = trimmings };
    }
}
