using Atropos.Hosting;
using Atropos.Standalone;

var command = new StandaloneCommand();
return await HostCommand.RunAsync(command.Create(), args, parsed => StandaloneHost.RunAsync(command.Read(parsed)));
