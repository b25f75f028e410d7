using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;

namespace Atropos.TokenizerService.Tests;

/// <summary>The service's calls over one tokenizer.</summary>
internal sealed class TestCalls(LoadedTokenizer loaded)
{
    public EncodeResponse Encode(EncodeRequest request) => TokenizerCalls.Encode(loaded, request);

    public DecodeResponse Decode(DecodeRequest request) => TokenizerCalls.Decode(loaded, request);

    public RenderChatResponse RenderChat(RenderChatRequest request) => TokenizerCalls.RenderChat(loaded, request);

    public ParseOutputResponse ParseOutput(ParseOutputRequest request) => TokenizerCalls.ParseOutput(loaded, request);

    public OutputStream OpenOutput(OpenOutput request) => TokenizerCalls.OpenOutput(loaded, request);
}
