interpreter=python3
export other="/usr/bin/python"
$interpreter -m shop.gone  # expect: HW401
"$other" -m shop.gone  # expect: HW401
"${PY}" -m shop.gone  # expect: HW401
$unknown -m shop.gone
