using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Continuity;

public sealed class ContinuedMessageTests
{
    [Fact]
    public async Task A_message_that_is_continued_extends_the_node_that_it_was_sampled_in()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var cut = ScriptedChoice.Cut("one, two");
        tracker.Answer(cut);
        await tracker.ChatAsync(uuid, Chat.Request(Chat.User("count")));
        var request = Chat.Request(Chat.User("count"), Chat.Assistant("one, two"));
        request.ContinueFinalMessage = true;
        tracker.Answer(ScriptedChoice.Text(", three"));
        var rest = (await tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message.Content;
        await tracker.SayAsync(uuid, [Chat.User("count"), Chat.Assistant("one, two" + rest), Chat.User("thanks")], "ok");

        Assert.Equal(", three", rest);
        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(3, node.Metadata.TurnCount);
        Truth.Holds(tracker, [node], cut, ScriptedChoice.Text(", three"), ScriptedChoice.Text("ok"));
    }

    [Fact]
    public async Task A_prefilled_answer_is_masked_and_its_echo_extends_the_node()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("json?"), Chat.Assistant("{"));
        request.ContinueFinalMessage = true;
        tracker.Answer(ScriptedChoice.Text("}"));
        await tracker.ChatAsync(uuid, request);
        await tracker.SayAsync(uuid, [Chat.User("json?"), Chat.Assistant("{}"), Chat.User("more")], "[]");

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Contains("assistant\n{}<|im_end|>", node.FullText);
        Truth.Holds(tracker, [node], ScriptedChoice.Text("}"), ScriptedChoice.Text("[]"));
    }

    [Fact]
    public async Task An_answer_that_is_continued_twice_keeps_every_token_as_it_was_sampled()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var start = await tracker.SayAsync(uuid, [Chat.User("hello")], "hi");
        var sampled = new[]
        {
            new ScriptedChoice(ByteVocabulary.Word, 'd') { Finish = Router.V1.FinishReason.Length },
            new ScriptedChoice('s', ' ', ByteVocabulary.Word) { Finish = Router.V1.FinishReason.Length },
            new ScriptedChoice('s', 'e', ByteVocabulary.TurnEnd),
            ScriptedChoice.Text("ok"),
        };
        ChatMessage[] asked = [Chat.User("hello"), start, Chat.User("say")];
        tracker.Answer(sampled[0]);
        await tracker.ChatAsync(uuid, Chat.Request(asked));
        tracker.Answer(sampled[1]);
        await tracker.ChatAsync(uuid, Continue([.. asked, Chat.Assistant("word")]));
        tracker.Answer(sampled[2]);
        await tracker.ChatAsync(uuid, Continue([.. asked, Chat.Assistant("words wor")]));
        tracker.Answer(sampled[3]);
        await tracker.ChatAsync(uuid, Chat.Request([.. asked, Chat.Assistant("words worse"), Chat.User("thanks")]));

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(5, node.Metadata.TurnCount);
        Assert.Equal(0, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        Truth.Holds(tracker, [node], [ScriptedChoice.Text("hi"), .. sampled]);
    }

    [Fact]
    public async Task Thinking_that_was_cut_goes_on_as_thinking()
    {
        await using var tracker = new Tracker();
        tracker.Router.Models[0].ReasoningParser = "think";
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.ChatTemplateKwargs = Chat.Flags("think");
        tracker.Answer(new ScriptedChoice('h', ByteVocabulary.Word) { Finish = Router.V1.FinishReason.Length });
        var cut = (await tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message;
        var continued = Chat.Assistant("");
        continued.ReasoningContent = cut.ReasoningContent;
        var again = Continue(Chat.User("a"), continued);
        again.ChatTemplateKwargs = request.ChatTemplateKwargs;
        tracker.Answer(ScriptedChoice.Text("ry</think>yes"));

        var rest = (await tracker.ChatAsync(uuid, again)).Completion.Choices[0].Message;

        Assert.Equal(("hwor", "ry", "yes"), (cut.ReasoningContent, rest.ReasoningContent, rest.Content));
        var whole = Chat.Assistant("yes");
        whole.ReasoningContent = "hworry";
        var next = Chat.Request(Chat.User("a"), whole, Chat.User("b"));
        next.ChatTemplateKwargs = request.ChatTemplateKwargs;
        await tracker.ChatAsync(uuid, next);
        Assert.Equal(3, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Theory]
    [InlineData("append", 1)]
    [InlineData("render", 0)]
    public async Task A_history_that_is_encoded_anew_for_a_continued_message_is_counted(string policy, int fallbacks)
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = policy });
        tracker.Answer(new ScriptedChoice(ByteVocabulary.Word, ByteVocabulary.TurnEnd));
        await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));
        tracker.Answer(ScriptedChoice.Text("y"));
        await tracker.ChatAsync(uuid, Continue(Chat.User("a"), Chat.Assistant("wor"), Chat.User("b"), Chat.Assistant("{")));

        Assert.Equal(2, (await tracker.NodesAsync(uuid)).Count);
        Assert.Equal(fallbacks, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task An_answer_that_had_ended_is_encoded_anew_to_be_continued_and_is_counted()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var answer = await tracker.SayAsync(uuid, [Chat.User("a")], "done");
        tracker.Answer(ScriptedChoice.Text(", or not"));
        await tracker.ChatAsync(uuid, Continue(Chat.User("a"), answer));

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Contains("had ended", nodes[1].Metadata.BranchReason);
        Assert.Equal(1, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        Truth.Holds(tracker, nodes, ScriptedChoice.Text("done"), ScriptedChoice.Text(", or not"));
    }

    private static ChatCompletionRequest Continue(params ChatMessage[] messages)
    {
        var request = Chat.Request(messages);
        request.ContinueFinalMessage = true;
        return request;
    }
}
