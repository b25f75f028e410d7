using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atropos.Benchmarks.Templates;

/// <summary>A conversation as a template's variables in JSON: a system message, turns, and a question that is to be answered.</summary>
/// <param name="Json">The variables as one JSON object.</param>
/// <param name="Messages">How many messages it has.</param>
internal sealed record Conversation(string Json, int Messages)
{
    private const int ToolCount = 5;

    private static readonly string[] Words = "the agent reads a file and then writes what it found into table number 42, because its user asked for (exactly) that: café, naïve \"quotes\" & <tags>; return value == {key}"
        .Split(' ');

    /// <summary>Makes a conversation of <paramref name="turns"/> turns. One turn is a question, a call of a tool, its result and an answer,
    /// or, in the plain form, a question and an answer; texts have 200 to 2000 characters.</summary>
    public static Conversation Make(int turns, ConversationForm form)
    {
        var random = new Random(turns);
        var messages = 0;
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("messages");
            if (form != ConversationForm.Plain)
            {
                Message("system", Text(random, 400, 800));
            }

            for (var turn = 0; turn < turns; turn++)
            {
                Message("user", Text(random, 200, 1000));
                if (form != ConversationForm.Plain)
                {
                    messages += 2;
                    var id = $"call{turn:00000}";
                    WriteCall(json, random, id, form);
                    WriteResult(json, random, id);
                }

                Message("assistant", Text(random, 200, 1500));
            }

            Message("user", Text(random, 200, 1000));
            json.WriteEndArray();
            WriteTools(json, form);
            json.WriteNull("documents");
            json.WriteBoolean("add_generation_prompt", true);
            json.WriteString("bos_token", "<s>");
            json.WriteString("eos_token", "</s>");
            json.WriteEndObject();

            void Message(string role, string content)
            {
                messages++;
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteString("content", content);
                json.WriteEndObject();
            }
        }

        return new Conversation(Encoding.UTF8.GetString(buffer.ToArray()), messages);
    }

    private static void WriteCall(Utf8JsonWriter json, Random random, string id, ConversationForm form)
    {
        var path = $"src/module_{random.Next(100)}/file.py";
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        json.WriteString("content", "");
        json.WriteString("reasoning_content", Text(random, 200, 600));
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", $"tool_{random.Next(ToolCount)}");
        var text = Text(random, 50, 300);
        if (form == ConversationForm.TextArguments)
        {
            json.WriteString("arguments", JsonSerializer.Serialize(new { path, limit = 10, recursive = true, text }));
        }
        else
        {
            json.WriteStartObject("arguments");
            json.WriteString("path", path);
            json.WriteNumber("limit", 10);
            json.WriteBoolean("recursive", true);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Random random, string id)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", id);
        json.WriteString("name", $"tool_{random.Next(ToolCount)}");
        json.WriteString("content", Text(random, 200, 2000));
        json.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter json, ConversationForm form)
    {
        if (form == ConversationForm.Plain)
        {
            json.WriteNull("tools");
            return;
        }

        json.WriteStartArray("tools");
        for (var i = 0; i < ToolCount; i++)
        {
            JsonNode.Parse($$$$"""
                {"type": "function", "function": {"name": "tool_{{{{i}}}}", "description": "Reads or writes what the path names and tells what was there.",
                "parameters": {"type": "object", "properties": {
                "path": {"type": "string", "description": "The path, from the folder of the project."},
                "limit": {"type": "integer", "description": "The most lines to read.", "default": 100},
                "recursive": {"type": "boolean", "description": "Whether folders inside are read too."},
                "text": {"type": "string", "description": "What to write.", "enum": ["a", "b", "c"]}},
                "required": ["path", "limit"]}}}
                """)!.WriteTo(json);
        }

        json.WriteEndArray();
    }

    private static string Text(Random random, int least, int most)
    {
        var length = random.Next(least, most);
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(20) == 0 ? '\n' : ' ');
        }

        return text.Append('.').ToString();
    }
}
