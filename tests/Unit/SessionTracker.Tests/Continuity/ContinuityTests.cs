using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Continuity;

public sealed class ContinuityTests
{
    [Fact]
    public async Task Turns_that_follow_one_another_are_one_node_after_every_turn()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var messages = new List<ChatMessage> { Chat.System("Be brief."), Chat.User("one?") };
        var answers = new[] { "first", "second wor", " third ", "fourth" };

        for (var turn = 0; turn < answers.Length; turn++)
        {
            messages.Add(await tracker.SayAsync(uuid, messages, answers[turn]));
            messages.Add(Chat.User($"and {turn}?"));

            var node = Assert.Single(await tracker.NodesAsync(uuid));
            Assert.Equal(turn + 1, node.Metadata.TurnCount);
            Truth.Holds(tracker, [node], [.. answers.Select(ScriptedChoice.Text)]);
        }

        var requests = tracker.Router.Requests;
        for (var turn = 1; turn < requests.Count; turn++)
        {
            var before = requests[turn - 1].Tokens.TokenIds.Concat(ScriptedChoice.Text(answers[turn - 1]).Ids);
            Assert.Equal(before, requests[turn].Tokens.TokenIds.Take(before.Count()));
        }

        Assert.Equal(0, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task Sampled_tokens_that_encoding_would_split_are_kept_as_they_were_sampled()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var odd = new ScriptedChoice('h', 'i', ' ', ByteVocabulary.Word, 'd', ByteVocabulary.TurnEnd);
        tracker.Answer(odd);

        var first = await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));
        Assert.Equal("hi word", first.Completion.Choices[0].Message.Content);
        await tracker.SayAsync(uuid, [Chat.User("a"), Chat.Echo(first.Completion.Choices[0].Message), Chat.User("b")], "c");

        Assert.Contains(ByteVocabulary.Word, tracker.Router.Requests[1].Tokens.TokenIds);
        Truth.Holds(tracker, await tracker.NodesAsync(uuid), odd, ScriptedChoice.Text("c"));
    }

    [Fact]
    public async Task An_answer_cut_by_length_is_closed_as_prompt()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var cut = ScriptedChoice.Cut("and then");
        tracker.Answer(cut);

        var first = await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));
        await tracker.SayAsync(uuid, [Chat.User("a"), Chat.Echo(first.Completion.Choices[0].Message), Chat.User("b")], "c");

        Assert.Equal("length", first.Completion.Choices[0].FinishReason);
        var node = Assert.Single(await tracker.NodesAsync(uuid));
        var end = node.Metadata.Spans[0].End;
        Assert.Equal(ByteVocabulary.TurnEnd, node.Tokens[end]);
        Assert.Equal(-100, node.MaskedTokens[end]);
        Truth.Holds(tracker, [node], cut, ScriptedChoice.Text("c"));
    }

    [Fact]
    public async Task A_sampled_end_of_turn_is_not_added_again()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var answer = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        await tracker.SayAsync(uuid, [Chat.User("a"), answer, Chat.User("b")], "y");

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.DoesNotContain("<|im_end|><|im_end|>", node.FullText);
        Assert.Equal(4, node.Tokens.Count(id => id == ByteVocabulary.TurnEnd));
    }

    [Fact]
    public async Task An_edited_answer_forks_and_the_edited_text_is_masked()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        await tracker.SayAsync(uuid, [Chat.User("a")], "original");
        await tracker.SayAsync(uuid, [Chat.User("a"), Chat.Assistant("edited"), Chat.User("b")], "y");

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Single(nodes[1].Metadata.Spans);
        Assert.Contains("edited", nodes[1].FullText);
        Assert.NotEqual("", nodes[1].Metadata.BranchReason);
        Truth.Holds(tracker, nodes, ScriptedChoice.Text("original"), ScriptedChoice.Text("y"));
    }

    [Fact]
    public async Task A_history_that_leaves_a_turn_out_branches_at_the_last_that_matches()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var first = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        await tracker.SayAsync(uuid, [Chat.User("a"), first, Chat.User("b")], "y");
        await tracker.SayAsync(uuid, [Chat.User("a"), first, Chat.User("other")], "z");

        var nodes = await tracker.NodesAsync(uuid, "tree");
        Assert.Equal(3, nodes.Count);
        Assert.Equal(nodes[0].Metadata.NodeId, nodes[1].Metadata.ParentId);
        Assert.Equal(nodes[0].Metadata.NodeId, nodes[2].Metadata.ParentId);
        Assert.Equal(2, (await tracker.NodesAsync(uuid)).Count);
        Truth.Holds(tracker, nodes, ScriptedChoice.Text("x"), ScriptedChoice.Text("y"), ScriptedChoice.Text("z"));
    }

    [Fact]
    public async Task Tools_that_change_start_a_new_root()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var first = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        var request = Chat.Request(Chat.User("a"), first, Chat.User("b"));
        request.Tools.Add(Chat.Tool("search"));
        tracker.Answer(ScriptedChoice.Text("y"));
        await tracker.ChatAsync(uuid, request);

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Equal("", nodes[1].Metadata.ParentId);
        Assert.Single(nodes[1].Metadata.Spans);
    }

    [Fact]
    public async Task A_continuation_that_cannot_be_proven_is_a_new_branch_and_is_counted()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.ChatTemplateKwargs = Chat.Flags("refuse_continuation");
        var odd = new ScriptedChoice(ByteVocabulary.Word, ByteVocabulary.TurnEnd);
        tracker.Answer(odd);
        request.Messages.Add(Chat.Echo((await tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message));
        request.Messages.Add(Chat.User("b"));
        tracker.Answer(ScriptedChoice.Text("y"));
        await tracker.ChatAsync(uuid, request);

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Contains("refuse_continuation", nodes[1].Metadata.BranchReason);
        Assert.Equal(1, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        Truth.Holds(tracker, nodes, odd, ScriptedChoice.Text("y"));
    }

    [Fact]
    public async Task A_whole_rendering_whose_ids_begin_with_the_nodes_extends_it_all_the_same()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.ChatTemplateKwargs = Chat.Flags("refuse_continuation");
        tracker.Answer(ScriptedChoice.Text("x"));
        request.Messages.Add(Chat.Echo((await tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message));
        request.Messages.Add(Chat.User("b"));
        tracker.Answer(ScriptedChoice.Text("y"));
        await tracker.ChatAsync(uuid, request);

        Assert.Equal(2, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
        Assert.Equal(0, (await tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task Append_keeps_the_thinking_that_the_template_would_drop_and_render_branches()
    {
        const string Thought = "<think>hm</think>yes";
        foreach (var (policy, leaves) in new[] { ("append", 1), ("render", 2) })
        {
            await using var tracker = new Tracker();
            var uuid = await tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = policy });
            var first = await tracker.SayAsync(uuid, [Chat.User("a")], Thought);
            await tracker.SayAsync(uuid, [Chat.User("a"), first, Chat.User("b")], "y");

            var nodes = await tracker.NodesAsync(uuid);
            Assert.Equal(leaves, nodes.Count);
            Assert.Equal(policy == "append", nodes[^1].FullText.Contains("hm", StringComparison.Ordinal));
            Truth.Holds(tracker, nodes, ScriptedChoice.Text(Thought), ScriptedChoice.Text("y"));
        }
    }

    [Fact]
    public async Task Render_extends_a_node_whose_ids_the_template_gives_again()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = "render" });
        var first = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        var second = await tracker.SayAsync(uuid, [Chat.User("a"), first, Chat.User("b")], "y");
        await tracker.SayAsync(uuid, [Chat.User("a"), first, Chat.User("b"), second, Chat.User("c")], "z");

        Assert.Equal(3, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Fact]
    public async Task Members_of_a_given_answer_that_only_the_template_knows_count()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var given = Chat.Assistant("given");
        given.Extra = Chat.Members("one");
        var answer = await tracker.SayAsync(uuid, [Chat.User("a"), given, Chat.User("b")], "x");
        var otherExtra = given.Clone();
        otherExtra.Extra = Chat.Members("two");
        await tracker.SayAsync(uuid, [Chat.User("a"), otherExtra, Chat.User("b"), answer, Chat.User("c")], "y");
        var refusing = given.Clone();
        refusing.Refusal = "no";
        await tracker.SayAsync(uuid, [Chat.User("a"), refusing, Chat.User("b"), answer, Chat.User("c")], "z");
        await tracker.SayAsync(uuid, [Chat.User("a"), given, Chat.User("b"), answer, Chat.User("c")], "w");

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal([2, 1, 1], nodes.Select(node => node.Metadata.TurnCount));
    }

    [Fact]
    public async Task Members_that_a_client_hangs_on_an_echo_do_not_count()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var echo = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        echo.Extra = Chat.Members("audio");
        echo.Refusal = "";
        await tracker.SayAsync(uuid, [Chat.User("a"), echo, Chat.User("b")], "y");
        var parts = new ContentParts { Parts = { new ContentPart { Type = "text", Text = "x", Extra = Chat.Members("annotations") } } };
        echo.Content = new MessageContent { Parts = parts };
        await tracker.SayAsync(uuid, [Chat.User("a"), echo, Chat.User("b"), Chat.Assistant("y"), Chat.User("c")], "z");

        Assert.Equal(3, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Fact]
    public async Task A_session_goes_on_where_it_was_after_a_restart()
    {
        var store = new SessionTracker.Stores.MemorySessionStore();
        string uuid;
        ChatMessage first;
        await using (var before = new Tracker(store))
        {
            uuid = await before.CreateSessionAsync();
            first = await before.SayAsync(uuid, [Chat.User("a")], "x");
        }

        await using var after = new Tracker(store);
        await after.SayAsync(uuid, [Chat.User("a"), first, Chat.User("b")], "y");

        var node = Assert.Single(await after.NodesAsync(uuid));
        Assert.Equal(2, node.Metadata.TurnCount);
        Assert.Equal(after.Router.Requests[0].Tokens.TokenIds, node.Tokens.Take(after.Router.Requests[0].Tokens.TokenIds.Count));
    }
}
