using System.Buffers;
using Atropos.Transcoding.Errors;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;

namespace Atropos.Transcoding.Tests.Json;

public sealed class MalformedTests
{
    [Theory]
    [InlineData("{\n  \"ids\": [1,\n   2,,]\n}", 3, 6)]
    [InlineData("{\"ids\": [1, 2}", 1, 14)]
    [InlineData("{} x", 1, 4)]
    [InlineData("{\"words\": [\"abc", 1, 16)]
    [InlineData("nonsense", 1, 2)]
    public void Read_malformed_json_names_line_and_position(string json, int line, int position)
    {
        var error = JsonSide.Fail<Scalars>(json);

        Assert.Equal(400, error.HttpStatus);
        Assert.StartsWith(
            $"The request body is not valid JSON at line {line}, position {position}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.Equal("invalid_json", error.Code);
    }

    [Fact]
    public void Read_half_a_surrogate_pair_is_refused()
    {
        Assert.Equal("words[0]", JsonSide.Fail<Scalars>("""{"words":["\ud83d"]}""").Parameter);
        Assert.Equal("raw.a[0]", JsonSide.Fail<Rules>("""{"raw":{"a":["\ud83d"]}}""").Parameter);
        Assert.Equal("extra_word", JsonSide.Fail<Rules>("""{"extra_word":"\udc00x"}""").Parameter);
    }

    [Theory]
    [InlineData("string_value")]
    [InlineData("raw")]
    [InlineData("other")]
    public void Read_bytes_that_are_not_utf8_are_refused(string member)
    {
        byte[] json = [.. "{\""u8, .. System.Text.Encoding.UTF8.GetBytes(member), .. "\":\"a"u8, 0xC3, 0x28, .. "\"}"u8];
        var body = new ReadOnlySequence<byte>(json);

        var error = member == "string_value"
            ? Assert.Throws<TranscodingException>(() => JsonSide.Read<Scalars>(body))
            : Assert.Throws<TranscodingException>(() => JsonSide.Read<Rules>(body));

        Assert.Equal(400, error.HttpStatus);
        Assert.Equal(member, error.Parameter);
    }

    [Fact]
    public void Read_deeper_than_the_bound_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"list\":[", 40)) + string.Concat(Enumerable.Repeat("]}", 40));

        Assert.Contains("depth", JsonSide.Fail<Rules>(deep).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_free_form_json_deeper_than_protobuf_can_carry_is_refused()
    {
        var deep = "{\"any\":" + new string('[', 40) + new string(']', 40) + "}";

        Assert.Contains("nested deeper than 30 levels", JsonSide.Fail<Rules>(deep).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_free_form_json_at_the_bound_passes_through_protobuf()
    {
        var deep = "{\"any\":" + new string('[', 29) + new string(']', 29) + "}";

        var message = JsonSide.Read<Rules>(deep);

        Assert.Equal(message, Rules.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(message)));
    }

    [Fact]
    public void Read_empty_body_is_an_empty_message()
    {
        Assert.Equal(new Rules(), JsonSide.Read<Rules>(""));
        Assert.Equal(new Rules(), JsonSide.Read<Rules>(" \r\n\t"));
        Assert.Equal(new Rules { Number = 1 }, JsonSide.Read<Rules>("\uFEFF{\"number\":1}"));
    }

    [Fact]
    public void Read_unknown_members_are_dropped_where_the_settings_say_so()
    {
        var message = JsonSide.Read<Scalars>("""{"nope":{"a":[1]},"int32_value":3}""", new JsonReadSettings(IgnoreUnknownMembers: true));

        Assert.Equal(new Scalars { Int32Value = 3 }, message);
    }
}
