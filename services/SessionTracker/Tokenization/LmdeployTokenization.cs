using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using Atropos.Tokenizer.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>LMDeploy's <c>/v1/encode</c>.</summary>
internal sealed class LmdeployTokenization(ModelTokenizers tokenizers)
{
    /// <summary>Encodes one text or several; the answer has the form of the input.</summary>
    public async Task<EncodeTextsResponse> EncodeAsync(EncodeTextsRequest request, CancellationToken cancellationToken)
    {
        if (request.Input is not { KindCase: not TextInput.KindOneofCase.None } input)
        {
            throw TrackerErrors.Invalid("input", "is missing; give a text or a list of texts.");
        }

        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        IReadOnlyList<string> texts = input.KindCase == TextInput.KindOneofCase.One ? [input.One] : input.Many.Values;
        if (request.DoPreprocess)
        {
            texts = await Batches.SelectAsync(texts, text => ApplyTemplateAsync(tokenizer, text, cancellationToken));
        }

        var encoded = await tokenizer.EncodeBatchAsync(texts, addSpecialTokens: true, cancellationToken);
        var addBegin = request is not { HasAddBos: true, AddBos: false };
        TokenIds[] lists = [.. encoded.Select(ids => WithoutExtraBegin(tokenizer, ids, request.DoPreprocess, addBegin))];
        return input.KindCase == TextInput.KindOneofCase.One
            ? new EncodeTextsResponse
            {
                InputIds = new EncodedInput { One = lists[0] },
                Length = new EncodedLength { One = lists[0].Ids.Count },
            }
            : new EncodeTextsResponse
            {
                InputIds = new EncodedInput { Many = new TokenIdLists { Lists = { lists } } },
                Length = new EncodedLength { Many = new Lengths { Values = { lists.Select(list => list.Ids.Count) } } },
            };
    }

    private static async Task<string> ApplyTemplateAsync(ModelTokenizer tokenizer, string text, CancellationToken cancellationToken)
    {
        var message = new ChatMessage { Role = "user", Content = new MessageContent { Text = text } };
        return (await tokenizer.RenderChatAsync(new RenderChatRequest { Messages = { message } }, cancellationToken)).Text;
    }

    private static TokenIds WithoutExtraBegin(ModelTokenizer tokenizer, IReadOnlyList<int> ids, bool isTemplated, bool addBegin)
    {
        var begins = tokenizer.BeginTokenId is { } begin ? ids.TakeWhile(id => id == begin).Count() : 0;

        // A template that writes the token itself makes two of it, which no model was trained on.
        var extra = !addBegin ? Math.Min(begins, 1) : 0;
        if (isTemplated && begins > 1)
        {
            extra++;
        }

        return new TokenIds { Ids = { ids.Skip(extra) } };
    }
}
