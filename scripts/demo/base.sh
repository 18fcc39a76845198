# The demonstration's web and knowledge base; sourced by scripts/quickstart and scripts/screenshots, never run. Wants $root, $demo, $build (where
# the program was built) and $stubkeeper.

web_process=""
stop_web() {
  [ -z "$web_process" ] || kill "$web_process" 2>/dev/null || true
  [ -z "$web_process" ] || wait "$web_process" 2>/dev/null || true
  web_process=""
}
trap stop_web EXIT
trap 'exit 130' INT TERM

# start_web PORT FOLDER...: serves the folders and sets $web to its address.
start_web() {
  port=$1
  shift
  : >"$demo/web-address"
  "$build/scripts/demo/stubkeeper-demo-web" --port "$port" "$@" >"$demo/web-address" &
  web_process=$!
  tries=0
  while [ ! -s "$demo/web-address" ]; do
    kill -0 "$web_process" 2>/dev/null || fail "the demo web does not start" "is port $port taken by another program?"
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "the demo web does not start"
    sleep 0.05
  done
  web=$(cat "$demo/web-address")
}

# A new $demo with its site, and the web of the first look served.
begin_demo() {
  rm -rf "$demo"
  mkdir -p "$demo"
  cp -R "$root/scripts/demo/site" "$demo/site"
  start_web 0 "$root/scripts/demo/web/first"
  port=${web##*:}
}

init_demo() {
  "$stubkeeper" init "$demo/kb" --site "$demo/site/content/research"
  # The demo web is this machine, so it needs no delay, and has to be allowed by name.
  sed -e 's/^delay_ms = .*/delay_ms = 0/' -e "s|^parallel = .*|&\nallow_addresses = [\"127.0.0.1:$port\"]|" "$demo/kb/stubkeeper.toml" >"$demo/kb/new.toml"
  mv "$demo/kb/new.toml" "$demo/kb/stubkeeper.toml"
  "$stubkeeper" import --kb "$demo/kb" "$demo/site/content/research"
}

add_demo_sources() {
  grep -v '^#' "$root/scripts/demo/sources.txt" | while read -r kind path entry title; do
    if [ "$entry" = - ]; then
      "$stubkeeper" source add --kb "$demo/kb" "$web/$path" --type "$kind"
    else
      "$stubkeeper" source add --kb "$demo/kb" "$web/$path" --type "$kind" --entry "$entry" --title "$title"
    fi
  done
}
