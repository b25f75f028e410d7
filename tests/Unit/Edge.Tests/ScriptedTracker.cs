using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.Edge.Tests;

/// <summary>Services that answer what a test says, and keep what they were asked.</summary>
internal sealed class ScriptedTracker
{
    public ScriptedTracker()
    {
        Completions = new CompletionServiceScript(this);
        Sessions = new SessionServiceScript(this);
        Rendering = new RenderingServiceScript(this);
    }

    public CompletionService.CompletionServiceBase Completions { get; }

    public SessionService.SessionServiceBase Sessions { get; }

    public RenderingService.RenderingServiceBase Rendering { get; }

    public CreateChatCompletionRequest? LastChat { get; private set; }

    public StreamChatCompletionRequest? LastStream { get; private set; }

    public CreateSessionRequest? LastSession { get; private set; }

    public RenderRequest? LastRender { get; private set; }

    public ChatCompletion Answer { get; set; } = new();

    public RenderResponse Rendered { get; set; } = new();

    public IList<ChatCompletionChunk> Chunks { get; } = [];

    public AtroposException? Failure { get; set; }

    private sealed class CompletionServiceScript(ScriptedTracker script) : CompletionService.CompletionServiceBase
    {
        public override Task<CreateChatCompletionResponse> CreateChatCompletion(CreateChatCompletionRequest request, ServerCallContext context)
        {
            script.LastChat = request;
            return script.Failure is { } failure
                ? throw failure
                : Task.FromResult(new CreateChatCompletionResponse { Completion = script.Answer });
        }

        public override async Task StreamChatCompletion(
            StreamChatCompletionRequest request, IServerStreamWriter<StreamChatCompletionResponse> responseStream, ServerCallContext context)
        {
            script.LastStream = request;
            foreach (var chunk in script.Chunks)
            {
                await responseStream.WriteAsync(new StreamChatCompletionResponse { Chunk = chunk });
            }

            if (script.Failure is { } failure)
            {
                throw failure;
            }
        }
    }

    private sealed class RenderingServiceScript(ScriptedTracker script) : RenderingService.RenderingServiceBase
    {
        public override Task<RenderResponse> Render(RenderRequest request, ServerCallContext context)
        {
            script.LastRender = request;
            return script.Failure is { } failure ? throw failure : Task.FromResult(script.Rendered);
        }
    }

    private sealed class SessionServiceScript(ScriptedTracker script) : SessionService.SessionServiceBase
    {
        public override Task<CreateSessionResponse> CreateSession(CreateSessionRequest request, ServerCallContext context)
        {
            script.LastSession = request;
            return Task.FromResult(new CreateSessionResponse
            {
                Session = new Session { Uuid = "u-1", ModelName = "m", ToolParser = "hermes", BaseUrl = "http://e", CreatedAt = 1.5 },
            });
        }

        public override Task<ListNodesResponse> ListNodes(ListNodesRequest request, ServerCallContext context)
        {
            var node = new Node { FullText = "ab", Metadata = new NodeMetadata { FinishReason = "stop" } };
            node.Tokens.AddRange([1, 2]);
            node.MaskedTokens.AddRange([-100, 2]);
            node.Logprobs.AddRange([1.0f, -0.105360515f]);
            return Task.FromResult(new ListNodesResponse { Nodes = { node } });
        }
    }
}
