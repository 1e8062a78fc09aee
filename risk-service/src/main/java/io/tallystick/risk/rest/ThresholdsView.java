package io.tallystick.risk.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The thresholds in force.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThresholdsView(
    @Schema(description = "name and digest, as decisions carry it") String version,
    @Schema(description = "why the configured file is not in force; absent when it is")
        @Nullable String refused,
    @Schema(type = SchemaType.OBJECT, description = "the whole set") JsonNode thresholds) {}
