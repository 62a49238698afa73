package org.meantime.it.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Header fields as they were received, in order. */
public record Headers(List<Map.Entry<String, String>> fields) {
  public Headers {
    fields = List.copyOf(fields);
  }

  /** Every value of that field. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The values of that field as one list, where it was received at all. */
  public Optional<String> find(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }
}
