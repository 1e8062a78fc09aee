package io.tallystick.seed.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// Heads the OpenAPI document.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tallystick seed-service",
            version = "1",
            description =
                "Payment passwords, devices, online codes, issuer keys and the deny list, for"
                    + " wallets. The contract in prose, with the messages a device signs, is in"
                    + " seed-service/README.md."))
@SecurityScheme(
    securitySchemeName = "payer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "Access token of the configured OIDC issuer; sub is the payer id")
public class Api extends Application {}
