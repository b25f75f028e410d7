using Grpc.AspNetCore.Server;
using Grpc.Net.Client;

namespace Atropos.Compat.Tests.Surface;

public class ReferencedMemberTests
{
    private static readonly string[] Ours = ["Grpc.Core.Api", "Grpc.Net.Common"];

    public static TheoryData<string> OfficialAssemblies =>
        [typeof(GrpcChannel).Assembly.Location, typeof(GrpcServiceOptions).Assembly.Location];

    [Theory]
    [MemberData(nameof(OfficialAssemblies))]
    public void Every_type_and_member_that_the_official_assembly_refers_to_exists_with_that_signature(string path)
    {
        var folder = Path.GetDirectoryName(typeof(Grpc.Core.Status).Assembly.Location)!;
        var defined = Ours.SelectMany(name => AssemblyMembers.Defined(Path.Combine(folder, name + ".dll"))).ToHashSet();

        var referenced = AssemblyMembers.Referenced(path, Ours);

        Assert.True(referenced.Count > 20, $"{path} refers to {referenced.Count} of our members; the scan finds too few.");
        Assert.Empty(referenced.Except(defined));
    }
}
