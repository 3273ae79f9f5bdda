defmodule Orders.MixProject do
  use Mix.Project

  def project, do: [app: :orders, version: "0.1.0", deps: deps()]

  defp deps do
    [
      {:brod, "~> 4.4"},
      {:jason, "~> 1.4"}
    ]
  end
end
