# NOT RUN YET: a template, see README.md.
class PinterestOauth < Formula
  desc "OAuth tokens of Pinterest API v5 (unofficial)"
  homepage "@URL@"
  url "@URL@/archive/v@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args(path: "bindings/cli")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/pinterest-oauth --version")
  end
end
