using System.Reflection;
using Atropos.TestSupport;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Atropos.Compat.Tests.Surface;

public class SurfaceTests
{
    public static TheoryData<string> Assemblies => ["Grpc.Core.Api", "Grpc.Net.Common"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Surface_is_the_one_written_down(string name)
    {
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Surface", name + ".txt"));

        Assert.Equal(expected, SurfaceWriter.Lines(Load(name)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Surface_has_everything_in_the_published_listing(string name)
    {
        var listing = Repository.SharedPath("specs", "grpc-core-api.txt");
        if (!File.Exists(listing))
        {
            Assert.Skip("The listing of the published API is not here: no shared/specs/grpc-core-api.txt beside the repository.");
        }

        var published = SurfaceListing.Read(listing, name);
        var ours = SurfaceWriter.Lines(Load(name)).ToHashSet(StringComparer.Ordinal);

        Assert.True(published.Count > 10, $"The listing has {published.Count} lines for {name}.");
        Assert.Empty(published.Except(ours));
        Assert.Empty(ours.Except(published));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Identity_is_the_one_that_the_official_assemblies_ask_for(string name)
    {
        var wanted = typeof(Grpc.Net.Client.GrpcChannel).Assembly.GetReferencedAssemblies().Single(a => a.Name == name);

        Assert.Equal(wanted.FullName, Load(name).GetName().FullName);
    }

    private static Assembly Load(string name) =>
        name == "Grpc.Core.Api" ? typeof(Status).Assembly : typeof(ICompressionProvider).Assembly;
}
