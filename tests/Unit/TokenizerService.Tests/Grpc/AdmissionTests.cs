using Atropos.TokenizerService.Grpc;

namespace Atropos.TokenizerService.Tests.Grpc;

public sealed class AdmissionTests
{
    [Fact]
    public void Calls_enter_up_to_the_number_and_the_weight_that_may_be_under_way()
    {
        var byNumber = new Admission(mostCalls: 2, mostWeight: 100);
        Assert.True(byNumber.TryEnter(1));
        Assert.True(byNumber.TryEnter(1));
        Assert.False(byNumber.TryEnter(1));

        var byWeight = new Admission(mostCalls: 10, mostWeight: 100);
        Assert.True(byWeight.TryEnter(60));
        Assert.False(byWeight.TryEnter(60));
        Assert.True(byWeight.TryEnter(40));
    }

    [Fact]
    public async Task One_that_has_to_wait_enters_when_there_is_room()
    {
        var admission = new Admission(mostCalls: 10, mostWeight: 100);
        admission.TryEnter(50);
        admission.TryEnter(50);

        var waiting = admission.EnterAsync(80);
        admission.Leave(50);
        Assert.False(waiting.IsCompleted);
        admission.Leave(50);

        await waiting;
        Assert.False(admission.TryEnter(30));
    }

    [Fact]
    public async Task One_that_is_heavier_than_all_that_may_be_under_way_enters_alone()
    {
        var admission = new Admission(mostCalls: 10, mostWeight: 100);
        admission.TryEnter(1);

        var waiting = admission.EnterAsync(1000);
        admission.Leave(1);
        await waiting;

        Assert.False(admission.TryEnter(1));
        admission.Leave(1000);
        await admission.EmptyAsync();
    }
}
