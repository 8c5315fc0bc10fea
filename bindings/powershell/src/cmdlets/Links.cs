namespace Pinterest.OAuth.Commands
{
    internal static class Links
    {
        /// <summary>What Get-Help -Online opens.</summary>
        internal const string Help = "https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/";
    }
}
