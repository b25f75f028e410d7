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
        var addBegin = request is not { HasAddBos: true, AddBos: false };
        if (input.KindCase == TextInput.KindOneofCase.One)
        {
            var ids = await EncodeAsync(tokenizer, input.One, request.DoPreprocess, addBegin, cancellationToken);
            return new EncodeTextsResponse
            {
                InputIds = new EncodedInput { One = ids },
                Length = new EncodedLength { One = ids.Ids.Count },
            };
        }

        var lists = await Batches.SelectAsync(
            input.Many.Values, text => EncodeAsync(tokenizer, text, request.DoPreprocess, addBegin, cancellationToken));
        return new EncodeTextsResponse
        {
            InputIds = new EncodedInput { Many = new TokenIdLists { Lists = { lists } } },
            Length = new EncodedLength { Many = new Lengths { Values = { lists.Select(list => list.Ids.Count) } } },
        };
    }

    private static async Task<TokenIds> EncodeAsync(
        ModelTokenizer tokenizer, string text, bool applyTemplate, bool addBegin, CancellationToken cancellationToken)
    {
        if (applyTemplate)
        {
            var message = new ChatMessage { Role = "user", Content = new MessageContent { Text = text } };
            text = (await tokenizer.RenderChatAsync(new RenderChatRequest { Messages = { message } }, cancellationToken)).Text;
        }

        var ids = await tokenizer.EncodeAsync(text, addSpecialTokens: true, cancellationToken);
        var begins = tokenizer.BeginTokenId is { } begin ? ids.TakeWhile(id => id == begin).Count() : 0;

        // A template that writes the token itself makes two of it, which no model was trained on.
        var extra = !addBegin ? Math.Min(begins, 1) : 0;
        if (applyTemplate && begins > 1)
        {
            extra++;
        }

        return new TokenIds { Ids = { ids.Skip(extra) } };
    }
}
