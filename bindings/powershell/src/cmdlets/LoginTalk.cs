// A login told to the person at PowerShell's host. All that the host is asked is asked on the command's own thread.

using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Pinterest.OAuth.Commands
{
    internal sealed class LoginTalk
    {
        private readonly WaitingCommand command;
        private readonly Login login;
        private readonly TypedLine line;
        private PSHostUserInterface face;
        private bool isShown;
        private bool hasKeys = true;

        internal LoginTalk(WaitingCommand command, Login login)
        {
            this.command = command;
            this.login = login;
            line = new TypedLine(
                () => face.RawUI.KeyAvailable,
                () => face.RawUI.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown).Character);
        }

        /// <summary>Ends the waiting, from another thread.</summary>
        internal void Stop()
        {
            login.Cancel();
        }

        /// <summary>Shows what to do, and waits for the end.</summary>
        internal LoginEnd Wait()
        {
            face = command.Host == null ? null : command.Host.UI;
            try
            {
                Say(login.Started.Message);
                if (!login.Started.Opened)
                    Show();
                return login.Wait(Tell, Between, default(System.Threading.CancellationToken));
            }
            catch (CallCancelledException)
            {
                if (command.IsStopped)
                    throw new PipelineStoppedException();
                throw;
            }
            finally
            {
                if (isShown)
                    Forget();
            }
        }

        // The instructions have the state: the person's screen alone gets them, and no stream that goes into a file.
        private void Show()
        {
            if (face == null)
                return;
            isShown = true;
            Forget();
            face.WriteLine(login.Show().Instructions);
        }

        private void Forget()
        {
            if (hasKeys)
                Keys(() =>
                {
                    line.Forget();
                    return false;
                });
        }

        private void Tell(Login told, LoginEvent news)
        {
            switch (news.Event)
            {
                case "confirm":
                    told.Answer(command.ShouldContinue(news.Message, "Another person has logged in"));
                    break;
                case "opened":
                case "done":
                    command.WriteVerbose(news.Message);
                    break;
                case "not_opened":
                case "waiting":
                    Say(news.Message);
                    break;
                default:
                    command.WriteWarning(news.Message);
                    break;
            }
            if (!isShown && LoginConsole.NeedsAnotherWay(news))
                Show();
        }

        // As Write-Host does: shown, and not in the way of what the command gives.
        private void Say(string text)
        {
            command.WriteInformation(new HostInformationMessage { Message = text }, new[] { "PSHOST" });
        }

        private void Between()
        {
            if (command.IsStopped)
                throw new PipelineStoppedException();
            if (!isShown)
                return;
            string pasted = null;
            if (hasKeys && !Keys(() => line.Take(out pasted)))
                return;
            if (pasted == null && !hasKeys && (pasted = Line()) == null)
                return;
            if (pasted.Trim().Length > 0)
                Paste(pasted);
        }

        private void Paste(string pasted)
        {
            try
            {
                login.Paste(pasted);
            }
            catch (InvalidArgumentException problem)
            {
                face.WriteLine(problem.Message);
            }
        }

        // A host without keys, as in a remote session, has lines. It then notices only after Enter what came otherwise.
        private bool Keys(Func<bool> work)
        {
            try
            {
                return work();
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
            catch (Exception)
            {
                hasKeys = false;
                return false;
            }
        }

        private string Line()
        {
            try
            {
                var typed = face.ReadLine();
                isShown = typed != null;
                return typed;
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
            catch (Exception)
            {
                // A host that asks nobody anything: the browser alone can end the login.
                isShown = false;
                return null;
            }
        }
    }
}
