using System.Globalization;
using Beseda.Platforms;

var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var address = new Uri(settings["urls"] ?? "http://127.0.0.1:8090");
var pace = double.Parse(settings["pace"] ?? "1", CultureInfo.InvariantCulture);
await using var town = await Town.StartAsync(address, pace);
Console.WriteLine($"{town.Address}");
await town.WaitAsync();
