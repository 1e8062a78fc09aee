package io.tallystick.verify.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// Names the interface and its caller in the OpenAPI document.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Tallystick verify-service",
            version = "1",
            description = "Wallets upload the halves of their taps"))
@SecurityScheme(
    securitySchemeName = "payer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "Access token of the payer")
public class Api extends Application {}
