using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class MetadataTests
{
    [Fact]
    public void Keys_are_turned_to_lower_case()
    {
        Assert.Equal("x-mixed_case.1", new Metadata.Entry("X-Mixed_CASE.1", "value").Key);
        Assert.Equal("trace-bin", new Metadata.Entry("Trace-BIN", [1]).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData("grün")]
    [InlineData("new\nline")]
    public void Key_with_other_characters_is_refused(string key)
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));
    }

    [Fact]
    public void Kind_of_value_has_to_match_the_ending_of_the_key()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "text"));
    }

    [Fact]
    public void Binary_value_is_copied_in_and_out()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("key-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.True(entry.IsBinary);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Text_value_has_bytes_too()
    {
        var entry = new Metadata.Entry("key", "AZ");

        Assert.False(entry.IsBinary);
        Assert.Equal("AZ"u8.ToArray(), entry.ValueBytes);
        Assert.Equal("[Entry: key=key, value=AZ]", entry.ToString());
    }

    [Fact]
    public void Get_gives_the_last_entry_and_GetAll_gives_all_in_order()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" }, { "c-bin", [4] } };

        Assert.Equal("3", metadata.Get("a")!.Value);
        Assert.Equal("3", metadata.GetValue("A"));
        Assert.Equal([4], metadata.GetValueBytes("c-bin"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(e => e.Value));
        Assert.Null(metadata.Get("missing"));
        Assert.Null(metadata.GetValue("missing"));
        Assert.Null(metadata.GetValueBytes("missing"));
        Assert.Empty(metadata.GetAll("missing"));
    }

    [Fact]
    public void Entries_behave_as_a_list()
    {
        var (first, second) = (new Metadata.Entry("a", "1"), new Metadata.Entry("b", "2"));
        var metadata = new Metadata { second };
        metadata.Insert(0, first);

        Assert.Equal([first, second], metadata);
        Assert.Equal((1, true, false), (metadata.IndexOf(second), metadata.Contains(first), metadata.IsReadOnly));
        metadata[0] = second;
        Assert.True(metadata.Remove(second));
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
    }

    [Fact]
    public void Empty_cannot_be_changed()
    {
        var entry = new Metadata.Entry("a", "1");

        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Insert(0, entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Remove(entry));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
