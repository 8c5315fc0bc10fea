"""The PowerShell module and its C# half: what is checked."""
