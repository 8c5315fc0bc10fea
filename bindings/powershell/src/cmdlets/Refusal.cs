// What Invoke-RestMethod says of an answer that is no success, in Windows PowerShell and in PowerShell 7: the classes differ,
// their members do not.

using System;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    internal static class Refusal
    {
        /// <summary>Whether Pinterest does not accept the access token: 401 with code 2.</summary>
        internal static bool IsOfAccessToken(ErrorRecord problem)
        {
            var status = Member(Member(problem.Exception, "Response"), "StatusCode");
            if (!(status is Enum) || Convert.ToInt32(status) != 401 || problem.ErrorDetails == null)
                return false;
            try
            {
                object code;
                return Json.Read(problem.ErrorDetails.Message).TryGetValue("code", out code) && 2L.Equals(code);
            }
            catch (FormatException)
            {
                return false;
            }
        }

        /// <summary>Takes the access token out of the request that the error has with it.</summary>
        internal static void Forget(ErrorRecord problem)
        {
            Forget(Values.Unwrapped(problem.TargetObject));
            Forget(Member(Member(problem.Exception, "Response"), "RequestMessage"));
        }

        private static void Forget(object request)
        {
            var headers = Member(request, "Headers");
            var remove = headers == null ? null : headers.GetType().GetMethod("Remove", new[] { typeof(string) });
            if (remove != null)
                remove.Invoke(headers, new object[] { "Authorization" });
        }

        private static object Member(object value, string name)
        {
            var property = value == null ? null : value.GetType().GetProperty(name);
            return property == null ? null : property.GetValue(value, null);
        }
    }
}
